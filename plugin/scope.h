/* The scope of a relation: which rows of the target belong to it, and in which order. */
#ifndef ARMATURE_PLUGIN_SCOPE_H
#define ARMATURE_PLUGIN_SCOPE_H

#include "model.h"

/* Split `.where` at the columns that it names and read `.order`, if the relation has them. The target is resolved.
 * Report nothing: a name in `.order` that is not a column has none, and check_scope finds all other errors. */
void scope_resolve(struct model_set *set, struct relation *relation);

/* Add ` AND (condition)` to the SQL of a relation, if it has `.where`; `table` names the target's table. */
void scope_add_where(struct text *sql, const struct relation *relation, const char *table);

#endif
