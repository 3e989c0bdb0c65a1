/* Output: strings that grow, and files that are written only if they change. */
#ifndef ARMATURE_PLUGIN_OUTPUT_H
#define ARMATURE_PLUGIN_OUTPUT_H

#include "memory.h"

#include <stdbool.h>

/* A string that grows. A zeroed one is empty: `data` is NULL until something is added, and terminated from then on. */
struct text {
    char *data;
    size_t length;
    size_t capacity;
};

void text_add(struct text *text, const char *added);
__attribute__((format(printf, 2, 3))) void text_print(struct text *text, const char *format, ...);
void text_free(struct text *text);

/* Free the text, and return a copy of its string in the arena. */
char *text_take(struct arena *arena, struct text *text);

/* Add a string literal with its quotes, valid in every version of C and C++. */
void text_add_literal(struct text *text, const char *value);

enum output_mode {
    OUTPUT_WRITE, /* write files that differ */
    OUTPUT_CHECK  /* write nothing, report files that differ */
};

/* Refuse outputs that are also inputs, under any name or link, and outputs that are the same file. Return false after
 * printing an error. */
bool output_check_paths(struct arena *arena, const char *const *outputs, size_t output_count, const char *const *inputs,
                        size_t input_count);

/* Write a file and create its directories, unless it already has this content. A new or regular file is written under a
 * temporary name and renamed, so that a reader never sees a partial file; it keeps its mode, and a link to it stays a
 * link. A device or pipe is written in place. In check mode, report a file that differs on stderr and set *is_stale.
 * Return false after printing an error. */
bool output_file(const char *path, const struct text *content, enum output_mode mode, bool *is_stale);

/* Set the file's time to now, and create it if it is missing. Return false after printing an error. */
bool output_stamp(const char *path);

/* Add the name of a file, escaped for a depfile of make and ninja. */
void output_depfile_name(struct text *text, const char *name);

#endif
