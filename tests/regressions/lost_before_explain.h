/* A relation by a string key, whose rules of comparison must be queried. */
#ifndef REGRESSION_LOST_BEFORE_EXPLAIN_H
#define REGRESSION_LOST_BEFORE_EXPLAIN_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct harbor {
    const char *code AR_PRIMARY_KEY;
} AR_TABLE(harbors)
  AR_HAS_MANY(ships, harbor_code, harbor, .target = ship);

struct ship {
    int64_t     id AR_PRIMARY_KEY;
    const char *harbor_code;
} AR_TABLE(ships)
  AR_BELONGS_TO(harbor, harbor_code, ships);

/* clang-format on */

#endif
