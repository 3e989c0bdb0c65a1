/* Names as SQL has them. */
#ifndef ARMATURE_PLUGIN_SQL_H
#define ARMATURE_PLUGIN_SQL_H

#include "memory.h"

#include <armature/model.h>

/* The name as it stands in a statement: quoted where it is a keyword, no plain identifier, or has capitals, which a
 * database would fold. */
const char *sql_name(struct arena *arena, const char *name);

/* Two parts as one name, the first of them cut where the whole would be too long for a database. */
const char *sql_joined_name(struct arena *arena, const char *stem, const char *suffix);

/* A text between quotes. */
const char *sql_text(struct arena *arena, const char *text);

/* An expression as it stands behind the DEFAULT of a column of this type and flags: in parentheses unless it is a
 * literal, and in the words of a database where these differ for what means the same. */
struct ar_sql sql_default(struct arena *arena, const char *expression, enum ar_type type, unsigned flags);

#endif
