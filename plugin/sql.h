/* SQL that all databases share: names, literals and lists of columns. */
#ifndef ARMATURE_PLUGIN_SQL_H
#define ARMATURE_PLUGIN_SQL_H

#include "output.h"

struct dialect;
struct member;
struct model;
struct relation;

/* Return the name as a statement needs it: quoted if it is a keyword, is not an identifier, or has upper-case letters,
 * which a database would fold. */
const char *sql_name(struct arena *arena, const char *name);

/* PostgreSQL truncates longer names, in bytes, without an error. */
enum { SQL_NAME_MAX = 63 };

/* Return the name or, if it is longer than SQL_NAME_MAX, its beginning and a hash of the whole, so that different names
 * remain different. */
const char *sql_short_name(struct arena *arena, const char *name);

/* Return the name that PostgreSQL chooses for an object that it creates with a table: table_column_label, with the
 * longer of the first two truncated if the whole is too long. `column` may be NULL. */
const char *sql_object_name(struct arena *arena, const char *table, const char *column, const char *label);

/* Return the string as an SQL literal. */
const char *sql_string(struct arena *arena, const char *text);

/* Return true if the expression is a single literal. */
bool sql_is_number(const char *expression);
bool sql_is_string(const char *expression);

/* Return the expression in parentheses, unless it is a literal. */
const char *sql_parenthesized(struct arena *arena, const char *expression);

/* Marks in SQL where a new literal may begin in generated code. It is not part of the SQL. */
#define SQL_BREAK "\v"

/* Return the table's name as FROM, JOIN and DDL name it: with its schema, if the model and the database have one. In
 * the rest of a statement, `table_sql` is its name. */
const char *sql_table(const struct model *model, const struct dialect *dialect);

/* Add all columns of the model, qualified by its table, as those of a result. */
void sql_add_all_columns(struct text *sql, const struct model *model, const struct dialect *dialect);

/* Return the operator = for values of the column, without spaces around it. */
const char *sql_equals(const struct member *column, const struct dialect *dialect);

/* Add ` AND table.column IS NULL` if the model's rows are deleted by a time. */
void sql_add_living(struct text *sql, const struct model *model);

#endif
