/* S-04: a model that .prefix renamed is found by its new name; the help names it. */
#include <armature/annotations.h>
#include <stdint.h>

struct order {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(shop_orders, .prefix = shop_order) AR_HAS_MANY(items, order_id, order, .target = item);

struct item {
    int64_t id AR_PRIMARY_KEY;
    int64_t order_id;
} AR_TABLE(order_items, .prefix = shop_item) AR_BELONGS_TO(order, order_id, items);

typedef struct {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(invoices) invoice_type;

struct line {
    int64_t id AR_PRIMARY_KEY;
    int64_t key;
} AR_HAS_MANY(items, line_id, .target = shop_item)
  AR_BELONGS_TO(order, key)
  AR_BELONGS_TO(invoice, key);

struct bill {
    int64_t id AR_PRIMARY_KEY;
    int64_t key;
} AR_TABLE(bills)
  AR_BELONGS_TO(invoice, key)
  AR_BELONGS_TO(line, key);
