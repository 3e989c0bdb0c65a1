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
    char     phone_number[32] AR_COLUMN(phone) AR_NULLABLE; } AR_TABLE(customers)
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
} AR_TABLE(orders, .prefix = purchase)
  AR_BELONGS_TO(customer, buyer, purchases, .target = customers, .on_delete = cascade)
  AR_CHECK("id <> length(')')")
  ;
