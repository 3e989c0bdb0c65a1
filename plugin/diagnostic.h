/* Errors of a run, collected so that all are shown, and printed as a compiler prints its own. */
#ifndef ARMATURE_PLUGIN_DIAGNOSTIC_H
#define ARMATURE_PLUGIN_DIAGNOSTIC_H

#include "memory.h"

#include <stdbool.h>
#include <stdio.h>

struct location {
    const char *file;
    unsigned order; /* of the file among the headers given; those that were included come behind them */
    unsigned line;
    unsigned column;
};

struct diagnostic {
    struct location at;
    size_t number; /* in the order of reporting */
    const char *message;
    const char *help; /* how to mend it, or NULL */
};

struct diagnostics {
    struct arena *arena;
    struct diagnostic *items;
    size_t count;
};

/* Adds an error. Names in messages stand in `backquotes`. */
__attribute__((format(printf, 3, 4))) void diagnostic_error(struct diagnostics *diagnostics, struct location at,
                                                            const char *format, ...);

/* Says how to mend the error that was added last. */
__attribute__((format(printf, 2, 3))) void diagnostic_help(struct diagnostics *diagnostics, const char *format, ...);

/* Writes all errors in the order of the sources, each of the same text and place once. */
void diagnostic_print(struct diagnostics *diagnostics, FILE *out);

#endif
