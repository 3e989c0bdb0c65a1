/* The scope of a relation: which rows of the target belong to it, and in which order. */
#ifndef ARMATURE_PLUGIN_SCOPE_H
#define ARMATURE_PLUGIN_SCOPE_H

#include "dialect.h"
#include "model.h"

/* Split `.where` at the columns that it names and read `.order`, if the relation has them. The target is resolved.
 * Report nothing: a name in `.order` that is not a column has none, and check_scope finds all other errors. */
void scope_resolve(struct model_set *set, struct relation *relation);

/* Return the condition of `.where` with the columns qualified by this name of the table. */
const char *scope_where_text(struct arena *arena, const struct relation *relation, const char *table);

/* Add ` AND …` to the SQL of a relation for the type of its rows, if they have one, and for `.where`, if it has it. */
void scope_add_where(struct text *sql, struct arena *arena, const struct relation *relation,
                     const struct dialect *dialect);

#endif
