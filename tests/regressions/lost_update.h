/* A number that several threads change concurrently. */
#ifndef REGRESSION_LOST_UPDATE_H
#define REGRESSION_LOST_UPDATE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct counter {
    int64_t id    AR_PRIMARY_KEY;
    int64_t value;
} AR_TABLE(counters);

/* clang-format on */

#endif
