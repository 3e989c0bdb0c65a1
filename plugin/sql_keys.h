/* The virtual table `armature_keys` of the runtime, as far as a planner needs it. */
#ifndef ARMATURE_PLUGIN_SQL_KEYS_H
#define ARMATURE_PLUGIN_SQL_KEYS_H

#include <sqlite3.h>

/* Make the table available in the database. Statements that read it can be prepared and explained; it has no rows. */
void sql_keys_register(sqlite3 *database);

#endif
