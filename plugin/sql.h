/* Names as SQL has them. */
#ifndef ARMATURE_PLUGIN_SQL_H
#define ARMATURE_PLUGIN_SQL_H

#include "memory.h"

/* The name as it stands in a statement: quoted where it is a keyword, no plain identifier, or has capitals, which a
 * database would fold. */
const char *sql_name(struct arena *arena, const char *name);

/* An expression as it stands behind DEFAULT: in parentheses unless it is a literal. */
const char *sql_default(struct arena *arena, const char *expression);

#endif
