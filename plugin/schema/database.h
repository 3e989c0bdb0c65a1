/* The comparison of a database with the models, in the form in which the database prints expressions.
 *
 * SQLite keeps the text of a CREATE TABLE. PostgreSQL keeps a tree, and prints `price BETWEEN 1 AND 9` as
 * `(price >= 1) AND (price <= 9)`. Tables whose expressions or types seem to differ are therefore created on the
 * server, as temporary tables in a transaction that is rolled back, and read like those of the database. A server that
 * permits no temporary tables, such as a hot standby, and a dump leave only the tokens to compare. */
#ifndef ARMATURE_PLUGIN_DATABASE_H
#define ARMATURE_PLUGIN_DATABASE_H

#include "compare.h"

/* Return the differences between `from`, which schema_open read from `where`, and the models. Add notes about tables of
 * which expressions are compared by their tokens only. */
struct difference_list database_compare(struct arena *arena, const char *where, const struct schema *from,
                                        const struct schema *to, struct diagnostics *notes);

#endif
