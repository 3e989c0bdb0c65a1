/* S-16: keywords of C and SQL, and names that are not identifiers. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct order {
    int64_t id AR_PRIMARY_KEY;
    int64_t group AR_COLUMN("group");
    double price AR_COLUMN("Unit Price");
} AR_TABLE(order)
  AR_BELONGS_TO(group, group, orders)
  AR_HAS_MANY(details, order_id, order, .target = "Order Details");

struct group {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(group)
  AR_HAS_MANY(orders, group, group, .target = order);

struct detail {
    int64_t id AR_PRIMARY_KEY;
    int64_t order_id;
} AR_TABLE("Order Details")
  AR_BELONGS_TO(order, order_id, details);
