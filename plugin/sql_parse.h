/* A parser for the SQL of both databases. */
#ifndef ARMATURE_PLUGIN_SQL_PARSE_H
#define ARMATURE_PLUGIN_SQL_PARSE_H

#include "sql_tree.h"

/* Return the tree of the statement. It is of an unknown kind if the parser does not understand it. */
struct sql_tree *sql_parse(struct arena *arena, const char *sql);

#endif
