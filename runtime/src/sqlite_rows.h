/* armature_rows(?): structs bound to one parameter, as a table that SQLite can insert from. */
#ifndef AR_SQLITE_ROWS_H
#define AR_SQLITE_ROWS_H

#include "driver.h"

#include <sqlite3.h>

/* Registers the table function; returns SQLite's code. Where SQLite cannot hold a value, the statement fails, and
 * `*refused` is its column. */
int ar_sqlite_rows_register(sqlite3 *database, const struct ar_column **refused);

/* Binds the rows, which must stay as they are until the statement is reset; returns SQLite's code. */
int ar_sqlite_rows_bind(sqlite3_stmt *statement, int index, const struct row_set *rows);

/* The first of the `count` keys, one after the other, that SQLite will give to the next rows of the model, whose key is the
 * rowid, as long as the transaction for writing lasts that is open. `*first` is 0 where that cannot be told: a trigger
 * may insert rows of its own in between, or there are not so many keys left. Returns SQLite's code. */
int ar_sqlite_next_keys(sqlite3 *database, const struct ar_model *model, size_t count, int64_t *first);

#endif
