/* Reads the attributes that declare relations. */
#ifndef ARMATURE_PLUGIN_READ_RELATION_H
#define ARMATURE_PLUGIN_READ_RELATION_H

#include "reading.h"

/* Add the relation that the attribute declares to the model. An error within the attribute is reported. */
void read_relation(const struct reading *reading, struct model *model);

#endif
