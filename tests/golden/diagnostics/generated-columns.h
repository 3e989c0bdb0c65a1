/* Wrong expressions and columns of AR_GENERATED. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct line {
    int64_t     id       AR_PRIMARY_KEY;
    int64_t     price;
    int64_t     amount   AR_COLUMN(quantity);
    int64_t     total    AR_GENERATED("price * quantity");
    int64_t     wrong    AR_GENERATED("prices * quantity");
    int64_t     syntax   AR_GENERATED("price *");
    int64_t     itself   AR_GENERATED("itself + 1");
    int64_t     chained  AR_GENERATED("total + 1");
    int64_t     quoted   AR_GENERATED("\"total\" + 'total'");
    int64_t     random   AR_GENERATED("random()");
    int64_t     query    AR_GENERATED("(SELECT 1)");
    int64_t     two      AR_GENERATED("price", .postgresql = "prize");
    int64_t     order_id AR_GENERATED("price");
    int64_t     lines    AR_GENERATED("price");
    int64_t     word     AR_GENERATED(price);
    int64_t     version  AR_VERSION AR_GENERATED("price");
    int64_t     limited  AR_RANGE(0, 9) AR_GENERATED("price");
    int64_t     filled   AR_DEFAULT("1") AR_GENERATED("price");
    time_t      changed  AR_UPDATED_AT AR_GENERATED("price");
    int64_t     parent_id AR_NULLABLE;
} AR_TABLE(lines)
  AR_BELONGS_TO(order, order_id, lines)
  AR_BELONGS_TO(parent, parent_id, .target = line, .counter = lines)
  AR_BELONGS_TO(nobody, parent_id);

struct order {
    int64_t id AR_PRIMARY_KEY AR_GENERATED("1");
} AR_TABLE(orders)
  AR_HAS_MANY(lines, order_id, order);

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t number;
    int64_t author_id AR_GENERATED("number + 1");
    int32_t kind      AR_GENERATED("number + 2");
    int64_t about_id;
} AR_TABLE(notes)
  AR_BELONGS_TO_ANY(about, kind, about_id, author, note, .types = (author = 1, note = 2));

struct author {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(authors)
  AR_HAS_MANY(notes, author_id, .target = note);
