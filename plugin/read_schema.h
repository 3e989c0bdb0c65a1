/* Readers of the attributes that only the database acts on: AR_INDEX, AR_CHECK and AR_GENERATED. */
#ifndef ARMATURE_PLUGIN_READ_SCHEMA_H
#define ARMATURE_PLUGIN_READ_SCHEMA_H

#include "reading.h"

void read_index(const struct reading *reading, struct model *model);

/* AR_CHECK of a struct, and of a field. */
void read_check(const struct reading *reading, struct model *model);
void read_member_check(const struct reading *reading, struct member *member);

void read_generated(const struct reading *reading, struct member *member);

#endif
