/* A table that functions of ar_transaction write. */
#ifndef REGRESSION_UNBALANCED_TRANSACTION_H
#define REGRESSION_UNBALANCED_TRANSACTION_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct parcel {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(parcels);

/* clang-format on */

#endif
