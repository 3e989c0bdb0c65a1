/* Products that several sessions write. */
#ifndef REGRESSION_STALE_IMAGE_H
#define REGRESSION_STALE_IMAGE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct product {
    int64_t     id    AR_PRIMARY_KEY;
    const char *name;
    int64_t     price;
} AR_TABLE(products);

/* clang-format on */

#endif
