/* A table that sessions wait for. */
#ifndef REGRESSION_KEPT_SAVEPOINT_H
#define REGRESSION_KEPT_SAVEPOINT_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct seat {
    int64_t     id    AR_PRIMARY_KEY;
    const char *guest;
} AR_TABLE(seats);

/* clang-format on */

#endif
