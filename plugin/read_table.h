/* Reading of AR_TABLE and AR_VIEW, and of AR_REFERENCE_TABLE and AR_WAS of a table. */
#ifndef ARMATURE_PLUGIN_READ_TABLE_H
#define ARMATURE_PLUGIN_READ_TABLE_H

#include "reading.h"

void read_table(const struct reading *reading, struct model *model);
void read_view(const struct reading *reading, struct model *model);
void read_reference_table(const struct reading *reading, struct model *model);
void read_was(const struct reading *reading, struct model *model);

#endif
