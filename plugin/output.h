/* What the tool writes: text that grows, and files that are touched only where they change. */
#ifndef ARMATURE_PLUGIN_OUTPUT_H
#define ARMATURE_PLUGIN_OUTPUT_H

#include "memory.h"

#include <stdbool.h>

/* All zero is an empty text. `data` is NULL until something was added, then always terminated. */
struct text {
    char *data;
    size_t length;
    size_t capacity;
};

void text_add(struct text *text, const char *added);
__attribute__((format(printf, 2, 3))) void text_print(struct text *text, const char *format, ...);
void text_free(struct text *text);

/* Adds a C string literal with its quotes; valid in every C and C++ standard. */
void text_add_literal(struct text *text, const char *value);

enum output_mode {
    OUTPUT_WRITE, /* write what differs */
    OUTPUT_CHECK  /* write nothing, tell what differs */
};

/* Refuse outputs that are also inputs, by whatever name or link, and outputs that are one file. Return false after a
 * message on stderr. */
bool output_check_paths(struct arena *arena, const char *const *outputs, size_t output_count, const char *const *inputs,
                        size_t input_count);

/* Write a file and the folders it needs, unless it has this content already. A new or regular file is written under a
 * temporary name and renamed, so that no reader sees half of it; it keeps its mode, and a link to it stays a link. A
 * device or pipe is written in place. In check mode a file that differs is named on stderr and *is_stale set. Return
 * false after a message on stderr. */
bool output_file(const char *path, const struct text *content, enum output_mode mode, bool *is_stale);

/* Set the file's time to now; create it if it is missing. Return false after a message on stderr. */
bool output_stamp(const char *path);

/* Adds a file's name as a depfile of make and ninja has it. */
void output_depfile_name(struct text *text, const char *name);

#endif
