/* Trees of rows that reference their own table, one per cache policy. */
#ifndef REGRESSION_PARENT_CHANGED_ELSEWHERE_H
#define REGRESSION_PARENT_CHANGED_ELSEWHERE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct timed {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *name;
} AR_TABLE(timed_nodes)
  AR_BELONGS_TO(parent, parent_id, .target = timed, .cache = { .ttl = 300 });

struct sized {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *name;
} AR_TABLE(sized_nodes)
  AR_BELONGS_TO(parent, parent_id, .target = sized, .cache = { .max_size = 10 });

struct kept {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *name;
} AR_TABLE(kept_nodes)
  AR_BELONGS_TO(parent, parent_id, .target = kept);

/* Its keys are stored in the struct itself. */
struct tagged {
    uint8_t     id[16]        AR_UUID AR_PRIMARY_KEY;
    uint8_t     parent_id[16] AR_UUID AR_NULLABLE;
    int64_t     place;
} AR_TABLE(tagged_nodes)
  AR_BELONGS_TO(parent, parent_id, .target = tagged, .cache = { .ttl = 300 });

/* clang-format on */

#endif
