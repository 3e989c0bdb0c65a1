/* Renamed tables and columns: the names that a schema has after the renames that another one declares. */
#ifndef ARMATURE_PLUGIN_RENAMES_H
#define ARMATURE_PLUGIN_RENAMES_H

#include "schema.h"

/* Return `from` with the names of `to` for tables and columns whose former names `to` declares. Tables and columns have
 * the same order as in `from`. The SQL of views is left as it is. */
struct schema *renames_apply(struct arena *arena, const struct schema *from, const struct schema *to);

/* Return the expression with another name for the column. `sql` may be NULL. */
const char *renames_in_sql(struct arena *arena, const char *sql, const char *was, const char *name);

#endif
