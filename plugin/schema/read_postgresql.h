/* The schema of a PostgreSQL database, from its catalogs. Only in a tool that was built with libpq. */
#ifndef ARMATURE_PLUGIN_READ_POSTGRESQL_H
#define ARMATURE_PLUGIN_READ_POSTGRESQL_H

#include "schema.h"

#ifdef ARMATURE_LIBPQ
#include <libpq-fe.h>

/* Return the schema of the database: its tables and views by schema and name, without those of PostgreSQL, of
 * extensions and of Armature. Partitions are left out; the partitioned table is a table. `only` is the name of a schema
 * whose tables are read, or NULL: those of all schemas.
 *
 * Objects that the search path leads to have no schema; `home` of a table is always set. Types and expressions are as
 * PostgreSQL prints them, with names qualified where the search path requires it.
 *
 * It takes a handful of statements for any number of tables, in one read-only snapshot; or in the caller's transaction,
 * if the connection is in one. Return NULL and set *error if the server refuses a statement. */
struct schema *schema_read_postgresql(struct arena *arena, PGconn *connection, const char *only, const char **error);

/* Return the first line of the error of a result or connection, in the arena. */
const char *postgresql_error(struct arena *arena, const PGresult *result);
const char *postgresql_connection_error(struct arena *arena, const PGconn *connection);

#endif
#endif
