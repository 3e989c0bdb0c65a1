/* A key that is text. */
#ifndef KEY_IN_ANOTHER_CASE_H
#define KEY_IN_ANOTHER_CASE_H

#include <armature/annotations.h>

/* clang-format off */

struct land {
    const char *code AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(lands);

/* clang-format on */

#endif
