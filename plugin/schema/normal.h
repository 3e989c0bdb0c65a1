/* Normal forms of types, names and expressions: what a database considers equal although it is written differently. */
#ifndef ARMATURE_PLUGIN_NORMAL_H
#define ARMATURE_PLUGIN_NORMAL_H

#include "schema.h"

#include <stdbool.h>

/* Return true if the names of tables or columns are the same: SQLite ignores the case of ASCII letters. NULL is only
 * the same as NULL. */
bool normal_is_same_name(const struct dialect *dialect, const char *left, const char *right);

/* Return true if the names are the same, in the same order. */
bool normal_are_same_names(const struct dialect *dialect, const struct schema_names *left,
                           const struct schema_names *right);

/* Return true if columns of the types have the same values: the types are synonyms or, in SQLite, their affinities are
 * alike. */
bool normal_is_same_type(struct arena *arena, const struct dialect *dialect, const char *left, const char *right);

/* Return true if the expressions have the same tokens, apart from what does not matter: the case of words, outer
 * parentheses, quotes that a name does not need. NULL is only the same as NULL. */
bool normal_is_same_sql(struct arena *arena, const struct dialect *dialect, const char *left, const char *right);

#endif
