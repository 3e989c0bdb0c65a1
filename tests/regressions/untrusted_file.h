/* The two tables that the program expects in a received file. */
#ifndef REGRESSIONS_UNTRUSTED_FILE_H
#define REGRESSIONS_UNTRUSTED_FILE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct letter {
    int64_t     id   AR_PRIMARY_KEY;
    const char *text;
} AR_TABLE(letters);

struct sender {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(senders);

/* clang-format on */

#endif
