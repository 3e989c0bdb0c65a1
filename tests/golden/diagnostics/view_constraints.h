#include <armature/annotations.h>
#include <stdint.h>

struct item {
    int64_t id AR_PRIMARY_KEY;
    int64_t price AR_CHECK("price > 0");
} AR_TABLE(items);

struct offer {
    int64_t id AR_UNIQUE;
    int64_t price AR_CHECK("price > 0");
    int64_t doubled AR_GENERATED("price * 2");
    int64_t item_id AR_NULLABLE;
    int64_t other_id AR_NULLABLE;
} AR_VIEW(offers, "SELECT id, price, price * 2 AS doubled, id AS item_id, id AS other_id FROM items")
  AR_INDEX(offers_price, price)
  AR_CHECK("price > 1")
  AR_BELONGS_TO(item, item_id)
  AR_BELONGS_TO(other, other_id, .target = item)
  AR_BELONGS_TO_ONE_OF(either, item, other);
