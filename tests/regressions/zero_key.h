/* Rows with a zero key: a tuple, a single integer, and a nil UUID. */
#ifndef REGRESSION_ZERO_KEY_H
#define REGRESSION_ZERO_KEY_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct cell {
    int64_t     x    AR_PRIMARY_KEY;
    int64_t     y    AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(cells)
  AR_HAS_MANY(marks, (x, y), cell, .target = mark);

struct mark {
    int64_t id       AR_PRIMARY_KEY;
    int64_t x;
    int64_t y;
    int64_t bundle_id;
} AR_TABLE(marks)
  AR_BELONGS_TO(cell, (x, y), marks)
  AR_BELONGS_TO(bundle, bundle_id, marks);

struct bundle {
    int64_t     id   AR_PRIMARY_KEY;
    int64_t     cell_x;
    int64_t     cell_y;
    const char *name;
} AR_TABLE(bundles)
  AR_HAS_MANY(marks, bundle_id, bundle, .target = mark)
  AR_BELONGS_TO(cell, (cell_x, cell_y));

struct ticket {
    uint8_t     id[16] AR_UUID AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(tickets);

/* clang-format on */

#endif
