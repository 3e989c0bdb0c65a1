/* Models whose tables are created by hand, so that generated keys and defaults do not fit. */
#ifndef REGRESSIONS_INVALID_YET_WRITTEN_H
#define REGRESSIONS_INVALID_YET_WRITTEN_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */

struct grade {
    int64_t     id      AR_PRIMARY_KEY;
    int8_t      level   AR_NULLABLE_BY(has_level) AR_DEFAULT(1);
    bool        has_level;
} AR_TABLE(grades);

struct tiny {
    int8_t      id      AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(tinies);

struct medium {
    int32_t     id      AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(mediums);

struct keyless {
    int64_t     id      AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(keylesses);

/* clang-format on */

#endif
