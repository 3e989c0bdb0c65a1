/* Reads the attributes that choose the SQL type of a column. Errors are reported at the attribute. */
#ifndef ARMATURE_PLUGIN_READ_TYPE_H
#define ARMATURE_PLUGIN_READ_TYPE_H

#include "reading.h"

/* AR_SQL_TYPE. */
void read_sql_type(const struct reading *reading, struct member *member);

#endif
