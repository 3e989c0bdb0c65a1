/* Reads the attributes that declare hooks: AR_BEFORE_INSERT and its neighbours. */
#ifndef ARMATURE_PLUGIN_READ_HOOK_H
#define ARMATURE_PLUGIN_READ_HOOK_H

#include "reading.h"

/* Read the attribute into the model's hooks. */
void read_hook(const struct reading *reading, struct model *model);

#endif
