/* Where commands get a schema from: an SQLite file, a PostgreSQL server, or a dump of either. */
#ifndef ARMATURE_PLUGIN_SOURCE_H
#define ARMATURE_PLUGIN_SOURCE_H

#include "schema.h"

enum source_status {
    SOURCE_OK,
    SOURCE_UNREACHABLE, /* there is no such file, or the server cannot be reached */
    SOURCE_INVALID      /* it is not a database or a dump, or cannot be read */
};

/* Read the schema of `where`:
 *
 * - `sqlite:FILE`, or a file that begins as SQLite's do,
 * - `postgresql://...` or `postgres://...`,
 * - any other file is a dump: what `pg_dump` or the `.dump` of sqlite3 writes.
 *
 * Nothing is written, and a file is not created. On failure, *error is the reason, without the name and without a
 * password; otherwise *out is the schema. */
enum source_status schema_open(struct arena *arena, const char *where, struct schema **out, const char **error);

/* Return `where` for messages: without a password. */
const char *source_title(struct arena *arena, const char *where);

/* Return true if `where` is the URL of a PostgreSQL server. */
bool source_is_server(const char *where);

#endif
