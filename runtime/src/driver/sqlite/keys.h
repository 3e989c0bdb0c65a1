/* Keys bound to one parameter: armature_keys(?), a table that SQLite can join with, and armature_wanted(?, key),
 * whether a key is one of them. */
#ifndef AR_SQLITE_KEYS_H
#define AR_SQLITE_KEYS_H

#include "driver/driver.h"

#include <sqlite3.h>

/* Registers both; returns SQLite's code. */
int ar_sqlite_keys_register(sqlite3 *database);

/* Binds the keys, which must stay as they are until the statement is reset; returns SQLite's code. */
int ar_sqlite_keys_bind(sqlite3_stmt *statement, int index, const struct key_set *keys);

#endif
