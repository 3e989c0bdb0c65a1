/* Names as SQL has them. */
#ifndef ARMATURE_PLUGIN_SQL_H
#define ARMATURE_PLUGIN_SQL_H

#include "memory.h"

#include <armature/model.h>

/* The name as it stands in a statement: quoted where it is a keyword, no plain identifier, or has capitals, which a
 * database would fold. */
const char *sql_name(struct arena *arena, const char *name);

/* PostgreSQL truncates longer names, in bytes, without an error. */
enum { SQL_NAME_MAX = 63 };

/* Return the name or, if it is longer than SQL_NAME_MAX, its beginning and a hash of all of it, so that names stay
 * different. */
const char *sql_short_name(struct arena *arena, const char *name);

/* Return the name that PostgreSQL chooses for an object that it creates with a table: table_column_label, with the
 * longer of the first two truncated if the whole is too long. `column` may be NULL. */
const char *sql_object_name(struct arena *arena, const char *table, const char *column, const char *label);

/* A text between quotes. */
const char *sql_text(struct arena *arena, const char *text);

/* Return an expression for the DEFAULT of a column of this type and flags: in parentheses unless it is a literal, and
 * in the dialect of the database if the dialects differ. */
struct ar_sql sql_default(struct arena *arena, const char *expression, enum ar_type type, unsigned flags);

#endif
