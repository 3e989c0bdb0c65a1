/* The query plans of a real database: with its rows, its statistics and its indexes. Nothing is executed. */
#ifndef ARMATURE_PLUGIN_REPORT_DATABASE_PLAN_H
#define ARMATURE_PLUGIN_REPORT_DATABASE_PLAN_H

#include "planned.h"

/* Return the plan of each statement in the database `where`, or why there is none. Return NULL if `where` has no plans,
 * because it is a dump, or if it cannot be opened. */
const char **database_plans(struct arena *arena, const char *where, const struct planned_list *list);

#endif
