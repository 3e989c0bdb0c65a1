/* A model with a caller-assigned key, and one that references it. */
#ifndef REGRESSION_SAVE_AFTER_DELETE_ALL_H
#define REGRESSION_SAVE_AFTER_DELETE_ALL_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct region {
    const char *code AR_PRIMARY_KEY;
    const char *name;
    int64_t     size;
} AR_TABLE(regions)
  AR_HAS_MANY(towns, region_code, region, .target = town);

struct town {
    const char *name        AR_PRIMARY_KEY;
    const char *region_code;
} AR_TABLE(towns)
  AR_BELONGS_TO(region, region_code, towns);

/* clang-format on */

#endif
