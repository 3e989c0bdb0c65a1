/* What a database should become so that the program can use it: the models, and what else is in the database. */
#ifndef ARMATURE_PLUGIN_MEND_H
#define ARMATURE_PLUGIN_MEND_H

#include "compare.h"

/* Return a copy of the models with the tables, views, enum types, columns and indexes that only the database has, so
 * that the statements that make the one from the other drop nothing with data in it. A column that the program would
 * have to set allows NULL. */
struct schema *mend_schema(struct arena *arena, const struct schema *to, const struct difference_list *differences);

/* Return true if the object with the name of the model is a view in place of a table, or a table in place of a view. A
 * model of this kind is left out of the result. */
bool mend_is_other_kind(const struct difference *item);

#endif
