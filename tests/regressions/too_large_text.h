/* A table with long strings. */
#ifndef REGRESSION_TOO_LARGE_TEXT_H
#define REGRESSION_TOO_LARGE_TEXT_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct manuscript {
    int64_t     id    AR_PRIMARY_KEY;
    const char *title;
    const char *content;
} AR_TABLE(manuscripts);

/* clang-format on */

#endif
