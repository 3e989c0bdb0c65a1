/* The errors of a run. They are collected, so that one run reports all, and printed in a compiler's format. */
#ifndef ARMATURE_PLUGIN_DIAGNOSTIC_H
#define ARMATURE_PLUGIN_DIAGNOSTIC_H

#include "memory.h"

#include <stdbool.h>
#include <stdio.h>

struct location {
    const char *file;
    unsigned order; /* of the file: the given headers first, then those that they include */
    unsigned line;
    unsigned column;
};

struct diagnostic {
    struct location at;
    size_t number; /* counts errors as they are added; breaks ties */
    const char *message;
    const char *help; /* how to fix it, or NULL */
};

struct diagnostics {
    struct arena *arena;
    struct diagnostic *items;
    size_t count;
};

/* Add an error. Messages quote names in `backquotes`. */
__attribute__((format(printf, 3, 4))) void diagnostic_error(struct diagnostics *diagnostics, struct location at,
                                                            const char *format, ...);

/* Set the help for the last error: how to fix it. */
__attribute__((format(printf, 2, 3))) void diagnostic_help(struct diagnostics *diagnostics, const char *format, ...);

/* Print all errors in source order, without duplicates. */
void diagnostic_print(struct diagnostics *diagnostics, FILE *out);

#endif
