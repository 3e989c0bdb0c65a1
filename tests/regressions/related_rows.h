/* Rows of one table that reference each other. */
#ifndef REGRESSIONS_RELATED_ROWS_H
#define REGRESSIONS_RELATED_ROWS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct part {
    int64_t     id       AR_PRIMARY_KEY;
    int64_t     whole_id AR_NULLABLE;
    const char *name;
} AR_TABLE(parts)
  AR_BELONGS_TO(whole, whole_id, parts, .target = part)
  AR_HAS_MANY(parts, whole_id, whole, .target = part);

/* clang-format on */

#endif
