/* The schema of an SQLite database: from pragmas, and what they lack from the text of its CREATE statements. */
#ifndef ARMATURE_PLUGIN_READ_SQLITE_H
#define ARMATURE_PLUGIN_READ_SQLITE_H

#include "schema.h"

#include <sqlite3.h>

/* Return the schema of the database `main`: its tables and views in the order of their creation, without those of
 * SQLite and of Armature. The defaults, checks and expressions are on one line. Return NULL and set *error if SQLite
 * cannot read it. */
struct schema *schema_read_sqlite(struct arena *arena, sqlite3 *database, const char **error);

/* Open the file for reads only; it is never created, and not trusted. Return NULL and set *error if it is not a
 * database. Close the result with sqlite3_close. */
sqlite3 *schema_open_sqlite(struct arena *arena, const char *path, const char **error);

#endif
