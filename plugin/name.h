/* Names as strings: membership in a list of words, and letter case. */
#ifndef ARMATURE_PLUGIN_NAME_H
#define ARMATURE_PLUGIN_NAME_H

#include "memory.h"

#include <stdbool.h>

/* Return true if `words`, in which a space precedes and follows each word, contains the word. */
bool name_is_in(const char *words, const char *word);

/* Return true if the names, which may be NULL, are the same, or both NULL. */
bool name_is_same(const char *a, const char *b);

/* Return a copy with ASCII letters in lower case: the form in which SQLite compares names. */
const char *name_folded(struct arena *arena, const char *name);

/* Return a copy with ASCII letters in upper case. */
const char *name_upper(struct arena *arena, const char *name);

#endif
