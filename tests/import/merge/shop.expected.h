#pragma once
/* clang-format off */
/* Edited by hand: other names, an order of its own, rules. #endif } ; */

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { SHOP_VERSION = 3 };

// The buyer: AR_TABLE(orders) }
typedef struct {
    int64_t  key AR_COLUMN(id) AR_PRIMARY_KEY; /* "}" */
	const char *mail AR_COLUMN(email) AR_NOT_NULL AR_UNIQUE AR_EMAIL;
    char     phone_number[32] AR_COLUMN(phone) AR_NULLABLE; 
    int64_t points AR_NULLABLE_BY(has_points);
    bool    has_points;
} AR_TABLE(customers)
      AR_HAS_MANY(purchases, buyer, customer, .target = purchase, .order = "placed_at DESC") /* newest; first */
buyer_t;

struct purchase {
    int64_t id AR_PRIMARY_KEY;
    int64_t buyer AR_COLUMN(customer_id); // who
    time_t  placed_at AR_STORED_AS(text)
#ifndef WITHOUT_DEFAULTS
        AR_DEFAULT(CURRENT_TIMESTAMP)
#endif
        ;
    int64_t seller_id AR_NULLABLE;
    const char *note;
} AR_TABLE(orders, .prefix = purchase)
  AR_BELONGS_TO(customer, buyer, purchases, .target = customers, .on_delete = cascade)
  AR_CHECK("id <> length(')')")
  AR_BELONGS_TO(seller, seller_id, orders, .target = sellers)
  AR_HAS_MANY(lines, order_id, order)
  AR_MANY_TO_MANY(tags, order_tags, order_id, tag_id, orders)
  AR_INDEX(orders_seller, seller_id)
  ;

struct sellers {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(sellers)
  AR_HAS_MANY(orders, seller_id, seller, .target = purchase);

struct tags {
    int64_t     id   AR_PRIMARY_KEY;
    const char *word AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(tags)
  AR_MANY_TO_MANY(orders, order_tags, tag_id, order_id, tags, .target = purchase);

struct lines {
    int64_t order_id AR_PRIMARY_KEY;
    int64_t number   AR_PRIMARY_KEY;
} AR_TABLE(lines)
  AR_BELONGS_TO(order, order_id, lines, .target = purchase);

struct buyer_2 {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(buyer);

