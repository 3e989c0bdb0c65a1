/* What SQLite's pragmas do not report, from the text of CREATE statements: checks, expressions, collations, the names
 * and the deferral of foreign keys, and clauses that a schema cannot hold. */
#ifndef ARMATURE_PLUGIN_READ_SQLITE_TEXT_H
#define ARMATURE_PLUGIN_READ_SQLITE_TEXT_H

#include "schema.h"

/* Complete the table, whose columns and foreign keys were read in the order of their declarations, and add to `schema`
 * what it cannot hold. `sql` is the CREATE TABLE. */
void read_sqlite_table_text(struct arena *arena, struct schema *schema, struct schema_table *table, const char *sql);

/* Complete the index by its CREATE INDEX: expressions with their collations, and its condition. */
void read_sqlite_index_text(struct arena *arena, struct schema_index *index, const char *sql);

/* Return the SELECT of a CREATE VIEW, or NULL. */
const char *read_sqlite_view_text(struct arena *arena, const char *sql);

#endif
