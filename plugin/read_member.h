/* Reads the attributes of a field, or of a parameter of AR_SQL. */
#ifndef ARMATURE_PLUGIN_READ_MEMBER_H
#define ARMATURE_PLUGIN_READ_MEMBER_H

#include "reading.h"

/* Read the member's attributes. Report errors within one attribute. */
void read_member(struct reading *reading, struct member *member);

#endif
