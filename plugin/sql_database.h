/* In-memory SQLite databases on which the tool prepares and explains SQL. They have tables, but no rows. */
#ifndef ARMATURE_PLUGIN_SQL_DATABASE_H
#define ARMATURE_PLUGIN_SQL_DATABASE_H

#include "model.h"

#include <sqlite3.h>

/* Open a database without tables. As in PostgreSQL, double quotes are for names only. Close it with sqlite3_close. */
sqlite3 *sql_database_empty(void);

/* Open a database with the model's table, before model_plan: columns without types, and no hidden ones. */
sqlite3 *sql_database_of_columns(struct arena *arena, const struct model *model);

/* Open a database with the DDL of all models, on which model_plan was called, and with the virtual table
 * `armature_keys`, so that generated statements can be prepared and explained. If SQLite refuses a model's DDL, because
 * a default is for PostgreSQL only, its table has the columns only. Close it with sqlite3_close. */
sqlite3 *sql_database_open(const struct model_set *set);

/* Prepare the statement. Create functions that are missing, with any number of arguments and without a result: they may
 * be those of PostgreSQL or of the program. Return SQLite's code. */
int sql_database_prepare(struct arena *arena, sqlite3 *database, const char *sql, sqlite3_stmt **out);

/* Return SQLite's latest message. Since version 3.46, it may quote the name of a column and add a hint, which are left
 * out. */
const char *sql_database_message(struct arena *arena, sqlite3 *database);

/* Return what follows the prefix in SQLite's latest message, or NULL: "no such column: ". */
const char *sql_database_named(struct arena *arena, sqlite3 *database, const char *prefix);

#endif
