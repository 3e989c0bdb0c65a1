/* The schema to which `armature diff --format sql` repairs a database: the models, and what else is in the database. */
#ifndef ARMATURE_PLUGIN_REPAIR_H
#define ARMATURE_PLUGIN_REPAIR_H

#include "compare.h"

/* Return a copy of the models with the tables, views, enum types, columns and indexes that only the database has, so
 * that the generated statements drop nothing that has rows. A column that the program would have to set allows NULL. */
struct schema *repair_schema(struct arena *arena, const struct schema *to, const struct difference_list *differences);

/* Return true if the database has a view in place of the model's table, or a table in place of its view. Such a model
 * is left out of the result. */
bool repair_is_other_kind(const struct difference *item);

#endif
