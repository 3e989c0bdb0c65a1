/* The escapes of PostgreSQL's E'…' strings. */
#ifndef ARMATURE_PLUGIN_SQL_ESCAPE_H
#define ARMATURE_PLUGIN_SQL_ESCAPE_H

#include "memory.h"

/* Return the value of the string, which begins with its quote and may lack its end. A zero byte and a Unicode escape
 * that is not a character, which PostgreSQL refuses, are left out. */
const char *sql_unescaped(struct arena *arena, const char *start, size_t length);

#endif
