/* Narrow version fields, and NaN. */
#ifndef REGRESSION_VERSION_LIMITS_H
#define REGRESSION_VERSION_LIMITS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct note {
    int64_t     id       AR_PRIMARY_KEY;
    const char *text;
    int8_t      revision AR_VERSION;
} AR_TABLE(notes);

struct rate {
    const char *code     AR_PRIMARY_KEY;
    double      value;
    uint8_t     revision AR_VERSION;
} AR_TABLE(rates);

/* clang-format on */

#endif
