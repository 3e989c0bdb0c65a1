/* What happens to other rows when a row is deleted: facts about `.dependent` and `.on_delete` that the checks, the
 * generated code and the report share. */
#ifndef ARMATURE_PLUGIN_DELETE_RULE_H
#define ARMATURE_PLUGIN_DELETE_RULE_H

#include "model.h"

/* Return true if both relations are resolved and over the same foreign key to the same model. */
bool delete_has_same_key(const struct relation *a, const struct relation *b);

/* Return the database's action on the foreign key of a relation of any kind, as one of its belongs_to declares it. */
enum on_delete delete_action(const struct relation *relation);

/* Return true if every column of the foreign key can be NULL; otherwise set *column to the first that cannot. The
 * runtime keeps the shard key, which is not NULL, and sets the others to NULL; the database sets all. */
bool delete_can_nullify(const struct relation *relation, bool keeps_shard_key, const struct member **column);

/* Return the models whose rows the database deletes or changes by itself when a row of the model is deleted, in the
 * order in which a search finds them. */
struct model **delete_cascaded(struct arena *arena, const struct model *model, size_t *count);

#endif
