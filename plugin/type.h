/* Which column a C type is. */
#ifndef ARMATURE_PLUGIN_TYPE_H
#define ARMATURE_PLUGIN_TYPE_H

#include "model.h"

#include <clang-c/Index.h>

/* Fills in the member's type, size and names of constants, or why the type is no column's. */
void type_of_member(struct arena *arena, CXCursor field, struct member *member);

#endif
