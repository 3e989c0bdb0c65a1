/* The errors, warnings and notes of a run. They are collected, so that one run reports all, and printed in a compiler's
 * format.
 */
#ifndef ARMATURE_PLUGIN_DIAGNOSTIC_H
#define ARMATURE_PLUGIN_DIAGNOSTIC_H

#include "memory.h"

#include <stdbool.h>
#include <stdio.h>

struct text;

struct location {
    const char *file;
    unsigned order; /* of the file: the given headers first, then those that they include */
    unsigned line;
    unsigned column;
};

struct diagnostic {
    struct location at;
    size_t number;        /* counts diagnostics as they are added; breaks ties */
    const char *severity; /* "error", "warning" or "note" */
    const char *rule;     /* what is reported, for programs: "missing-column"; or NULL */
    const char *message;
    const char *help; /* how to fix it, or NULL */
};

struct diagnostics {
    struct arena *arena;
    struct diagnostic *items;
    size_t item_count;
    size_t count;     /* of errors */
    const char *rule; /* of diagnostics that are added */
};

/* Add an error. Messages quote names in `backquotes`. */
__attribute__((format(printf, 3, 4))) void diagnostic_error(struct diagnostics *diagnostics, struct location at,
                                                            const char *format, ...);

/* Add a warning: something that works, but not well. */
__attribute__((format(printf, 3, 4))) void diagnostic_warning(struct diagnostics *diagnostics, struct location at,
                                                              const char *format, ...);

/* Add a note: something that the user may want to know, but that is not an error. */
__attribute__((format(printf, 3, 4))) void diagnostic_note(struct diagnostics *diagnostics, struct location at,
                                                           const char *format, ...);

/* Set the help for the last of them: how to fix it. */
__attribute__((format(printf, 2, 3))) void diagnostic_help(struct diagnostics *diagnostics, const char *format, ...);

/* Put all of them in source order, without duplicates. Those without a file are first, unless their `order` says
 * otherwise. */
void diagnostic_sort(struct diagnostics *diagnostics);

/* Add the diagnostic in a compiler's format, with its help on a second line. */
void diagnostic_add_text(struct text *out, const struct diagnostic *diagnostic);

/* Sort and print them. */
void diagnostic_print(struct diagnostics *diagnostics, FILE *out);

#endif
