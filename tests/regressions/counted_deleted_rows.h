/* Counters, and rows that are deleted by a time: of the children, and of the parent itself. */
#ifndef COUNTED_DELETED_ROWS_H
#define COUNTED_DELETED_ROWS_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct farm {
    int64_t id         AR_PRIMARY_KEY;
    int32_t cow_count;
    int32_t cat_count;
    time_t  deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(farms)
  AR_HAS_MANY(cows, farm_id, farm, .dependent = destroy)
  AR_HAS_MANY(cats, farm_id, farm, .dependent = nullify);

struct cow {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     farm_id    AR_NULLABLE;
    const char *name       AR_UNIQUE;
    time_t      deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(cows)
  AR_BELONGS_TO(farm, farm_id, cows, .counter = cow_count);

struct cat {
    int64_t id      AR_PRIMARY_KEY;
    int64_t farm_id AR_NULLABLE;
} AR_TABLE(cats)
  AR_BELONGS_TO(farm, farm_id, cats, .counter = cat_count);

/* clang-format on */

#endif
