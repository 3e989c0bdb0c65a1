/* A row that many sessions add to at once: assign.c and increments.c. */
#ifndef HITS_H
#define HITS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct hit_count {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t day       AR_PRIMARY_KEY;
    int64_t hits;
    int64_t misses;
    int32_t version   AR_VERSION;
} AR_TABLE(hit_counts);

#endif
