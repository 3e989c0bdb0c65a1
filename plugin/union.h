/* Unions: relations to one of several models, AR_BELONGS_TO_ANY and AR_BELONGS_TO_ONE_OF. */
#ifndef ARMATURE_PLUGIN_UNION_H
#define ARMATURE_PLUGIN_UNION_H

#include "dialect.h"
#include "model.h"

/* Resolve the type column, the values of `.types` and the relations of a union. Report nothing. */
void union_resolve(struct model_set *set, struct relation_union *each);

/* If the relation names a union of its target in place of a foreign key, set `via`, and take over the foreign key, the
 * guard and the inverse of the variant that refers to its owner. If there is not exactly one, the name remains. */
void union_follow(const struct model_set *set, struct relation *relation);

/* Return the first variant with this name, or NULL. */
const struct variant *union_variant(const struct relation_union *each, const char *name);

/* Return the column that contains the type of the rows of a relation with a guard. */
struct member *union_type(const struct relation *relation);

/* Return the type of the rows of a relation with a guard as an SQL literal. */
const char *union_type_sql(struct arena *arena, const struct variant *variant);

/* Add a condition for the rows of a model: that the foreign key of exactly one variant is not null. */
void union_add_check(struct text *sql, const struct relation_union *each);

#endif
