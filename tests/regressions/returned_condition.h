/* A model for conditions returned by functions. */
#ifndef REGRESSIONS_RETURNED_CONDITION_H
#define REGRESSIONS_RETURNED_CONDITION_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct ticket {
    int64_t     id       AR_PRIMARY_KEY;
    const char *title;
    int32_t     priority;
} AR_TABLE(tickets);

/* clang-format on */

#endif
