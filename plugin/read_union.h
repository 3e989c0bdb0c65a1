/* Readers of AR_BELONGS_TO_ANY and AR_BELONGS_TO_ONE_OF. */
#ifndef ARMATURE_PLUGIN_READ_UNION_H
#define ARMATURE_PLUGIN_READ_UNION_H

#include "reading.h"

/* Add the union to the model; for AR_BELONGS_TO_ANY, also a belongs_to for each of its models. */
void read_belongs_to_any(const struct reading *reading, struct model *model);
void read_belongs_to_one_of(const struct reading *reading, struct model *model);

#endif
