/* A table, and rows of user SQL. */
#ifndef REGRESSION_READERS_THAT_WRITE_H
#define REGRESSION_READERS_THAT_WRITE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct event {
    int64_t     id     AR_PRIMARY_KEY;
    const char *action AR_NOT_NULL;
} AR_TABLE(events);

struct event_line {
    const char *line;
} AR_ROW;

/* clang-format on */

#endif
