/* Embedded structs: AR_EMBED, and anonymous structs. Their fields become members of the model, in the struct's order.
 */
#ifndef ARMATURE_PLUGIN_EMBED_H
#define ARMATURE_PLUGIN_EMBED_H

#include "model.h"

/* Return true if the member's own fields are columns. Its attributes were read. */
bool embed_is_expanded(const struct member *member);

/* Replace embedded structs by their fields, and set the paths of all members and the names of their columns. */
void embed_expand(struct model_set *set, struct model *model);

/* Return the flag that AR_NULLABLE_BY of the member names: a field of the same struct, or of one that contains it. NULL
 * if there is none. */
struct member *embed_find_flag(struct arena *arena, const struct model *model, const struct member *member);

#endif
