/* A table with a unique index: two names that may already be in use. */
#ifndef REGRESSION_NAMES_TAKEN_H
#define REGRESSION_NAMES_TAKEN_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct taker {
    int64_t     id    AR_PRIMARY_KEY;
    const char *email AR_UNIQUE;
} AR_TABLE(takers);

/* clang-format on */

#endif
