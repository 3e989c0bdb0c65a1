/* Many owners, more than fit into the cache, whose limit is a hundred. */
#ifndef REGRESSION_BACKWARD_WALK_H
#define REGRESSION_BACKWARD_WALK_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct box {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(boxes)
  AR_HAS_MANY(things, box_id, box, .target = thing, .cache = { .max_size = 100 });

struct thing {
    int64_t id     AR_PRIMARY_KEY;
    int64_t box_id;
} AR_TABLE(things)
  AR_BELONGS_TO(box, box_id, things);

/* clang-format on */

#endif
