/* The schema of a dump, which is not trusted: it is parsed, or run in a database in memory that can do nothing else.
 *
 * A dump of SQLite is what `.dump` of its shell writes. Its CREATE statements run in memory; everything else, such as
 * INSERT, is skipped. A dump of PostgreSQL is what pg_dump writes, with or without rows, or a script like it. It is
 * parsed; statements that say nothing about a schema are skipped. */
#ifndef ARMATURE_PLUGIN_READ_DUMP_H
#define ARMATURE_PLUGIN_READ_DUMP_H

#include "schema.h"

/* Return the schema of the dump, which is terminated by a zero. Return NULL and set *error if it is not a dump. */
struct schema *schema_read_dump(struct arena *arena, const char *dump, const char **error);

#endif
