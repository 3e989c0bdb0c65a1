/* A set of keys bound as one parameter: the table armature_keys(?), and the function armature_wanted(?, key), which
 * returns true if a key is in the set. */
#ifndef AR_SQLITE_KEYS_H
#define AR_SQLITE_KEYS_H

#include "driver/driver.h"

#include <sqlite3.h>

/* Register both. Return SQLite's result code. */
int ar_sqlite_keys_register(sqlite3 *database);

/* Bind the keys, which must not change until the statement is reset. Return SQLite's result code. */
int ar_sqlite_keys_bind(sqlite3_stmt *statement, int index, const struct key_set *keys);

#endif
