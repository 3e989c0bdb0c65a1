/* A model with a caller-assigned key: save inserts the row, or updates it if it exists. */
#ifndef REGRESSIONS_UPSERT_KEEPS_KEY_H
#define REGRESSIONS_UPSERT_KEEPS_KEY_H

#include <armature/annotations.h>

/* clang-format off */

struct currency {
    const char *code AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(currencies);

/* clang-format on */

#endif
