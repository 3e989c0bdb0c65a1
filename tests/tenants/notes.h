/* What every tenant has. */
#ifndef TENANTS_NOTES_H
#define TENANTS_NOTES_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct note {
    int64_t     id AR_PRIMARY_KEY;
    const char *text;
} AR_TABLE(notes);

/* clang-format on */

#endif
