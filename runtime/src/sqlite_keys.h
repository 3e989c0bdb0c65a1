/* armature_keys(?): keys bound to one parameter, as a table that SQLite can join with. */
#ifndef AR_SQLITE_KEYS_H
#define AR_SQLITE_KEYS_H

#include "driver.h"

#include <sqlite3.h>

/* Registers the table function; returns SQLite's code. */
int ar_sqlite_keys_register(sqlite3 *database);

/* Binds the keys, which must stay as they are until the statement is reset; returns SQLite's code. */
int ar_sqlite_keys_bind(sqlite3_stmt *statement, int index, const struct key_set *keys);

#endif
