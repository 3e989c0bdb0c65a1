/* A tree whose eager load runs several statements in one call of the driver. */
#ifndef REGRESSIONS_CUMULATIVE_TIMES_H
#define REGRESSIONS_CUMULATIVE_TIMES_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct trunk {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(trunks)
  AR_HAS_MANY(branches, trunk_id, trunk, .target = branch);

struct branch {
    int64_t     id   AR_PRIMARY_KEY;
    int64_t     trunk_id;
} AR_TABLE(branches)
  AR_BELONGS_TO(trunk, trunk_id, branches);

/* clang-format on */

#endif
