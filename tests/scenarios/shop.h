/* The shop: the users of blog.h place orders of items. */
#ifndef SCENARIO_SHOP_H
#define SCENARIO_SHOP_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct order {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *order_number;
    double total_amount;
    const char *status AR_DEFAULT("'pending'");
} AR_TABLE(orders)
  AR_BELONGS_TO(user, user_id, orders)
  AR_HAS_MANY(items, order_id, order, .target = order_item);

struct order_item {
    int64_t id AR_PRIMARY_KEY;
    int64_t order_id;
    const char *product_name;
    int quantity AR_RANGE(1, 1000000);
    double unit_price;
} AR_TABLE(order_items)
  AR_BELONGS_TO(order, order_id, items);

#endif
