/* Reads the attributes that choose the SQL type of a column. Errors are reported at the attribute. */
#ifndef ARMATURE_PLUGIN_READ_TYPE_H
#define ARMATURE_PLUGIN_READ_TYPE_H

#include "reading.h"

void read_sql_type(const struct reading *reading, struct member *member);
void read_json(const struct reading *reading, struct member *member);
void read_enum_type(const struct reading *reading, struct member *member);

/* Return the cast of a string field that is a column of this type. */
const struct column_cast *read_type_cast(struct arena *arena, const char *type);

/* Replace the name of a constant by its AR_LABEL. */
void read_label(const struct reading *reading, const char **name);

/* Read the AR_WAS of a constant of the field's enum. */
void read_label_was(const struct reading *reading, struct member *member, size_t constant);

#endif
