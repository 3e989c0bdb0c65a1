/* Products of a shop and their suppliers. */
#ifndef REGRESSION_ROLLED_BACK_VALUE_H
#define REGRESSION_ROLLED_BACK_VALUE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct product {
    int64_t     id    AR_PRIMARY_KEY;
    const char *name;
    int64_t     price;
} AR_TABLE(products)
  AR_HAS_MANY(stocks, product_id, product, .target = stock);

struct stock {
    int64_t id         AR_PRIMARY_KEY;
    int64_t product_id;
    int64_t amount;
} AR_TABLE(stocks)
  AR_BELONGS_TO(product, product_id, stocks);

/* clang-format on */

#endif
