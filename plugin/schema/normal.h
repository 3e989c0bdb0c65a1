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

/* Return true if columns of the types have the same values. PostgreSQL: the types are synonyms. SQLite: a value is
 * stored alike, because the affinities are the same or both numeric, or because dates are strings in both. */
bool normal_is_same_type(struct arena *arena, const struct dialect *dialect, const char *left, const char *right);

/* Return the type as PostgreSQL prints it, but for spaces: `NUMERIC (10, 2)` is numeric(10,2). */
const char *normal_postgresql_type(struct arena *arena, const char *type);

/* Return the type without a COLLATE after it, and set *collation to its name, or to NULL. */
const char *normal_split_type(struct arena *arena, const struct dialect *dialect, const char *type,
                              const char **collation);

/* Return the affinity of the type in SQLite: INTEGER, TEXT, BLOB, REAL or NUMERIC. */
const char *normal_affinity(const char *type);

/* Return true if it is a type of integers, of whatever width. */
bool normal_is_integer(struct arena *arena, const struct dialect *dialect, const char *type);

/* Return the number in parentheses of a string type of PostgreSQL with a maximum length, `character varying(20)`; of an
 * unlimited one, UINT32_MAX; 0 for any other type. */
uint32_t normal_text_length(struct arena *arena, const char *type);

/* How much of the form of an expression does not matter. */
enum normal_level {
    NORMAL_STRICT, /* the case of words, parentheses around all of it, quotes that a name does not need, types of
                      literals, pg_catalog */
    NORMAL_LOOSE   /* all that PostgreSQL changes when it prints an expression, and with it some differences:
                      parentheses, casts, aliases and the tables of columns. For databases that cannot be asked for
                      the form of an expression */
};

/* Return true if the expressions have the same tokens but for what the level ignores. NULL is only the same as NULL. */
bool normal_is_same_sql(struct arena *arena, const struct dialect *dialect, enum normal_level level, const char *left,
                        const char *right);

#endif
