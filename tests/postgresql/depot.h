/* Models whose writes are transactions of the runtime: counters, computed columns, times of deletion, hooks. */
#ifndef POSTGRESQL_DEPOT_H
#define POSTGRESQL_DEPOT_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct depot {
    int64_t id          AR_PRIMARY_KEY;
    int32_t crate_count;
} AR_TABLE(depots)
  AR_HAS_MANY(crates, depot_id, depot);

struct crate {
    int64_t id         AR_PRIMARY_KEY;
    int64_t depot_id   AR_NULLABLE;
    int32_t number     AR_UNIQUE;
    time_t  deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(crates)
  AR_BELONGS_TO(depot, depot_id, crates, .counter = crate_count);

struct scale {
    int64_t id      AR_PRIMARY_KEY;
    int32_t grams;
    int32_t doubled AR_GENERATED("grams * 2");
} AR_TABLE(scales);

struct clerk {
    int64_t     id      AR_PRIMARY_KEY;
    const char *name;
    int32_t     visits;
    int32_t     doubled AR_GENERATED("visits * 2");
} AR_TABLE(clerks)
  AR_BEFORE_INSERT(visit_clerk)
  AR_BEFORE_UPDATE(visit_clerk);

/* clang-format on */

#endif
