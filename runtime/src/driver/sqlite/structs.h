/* armature_rows(?): structs bound to one parameter, as a table that SQLite can insert from. */
#ifndef AR_SQLITE_ROWS_H
#define AR_SQLITE_ROWS_H

#include "driver/driver.h"

#include <sqlite3.h>

/* Registers the table; returns SQLite's code. */
int ar_sqlite_rows_register(sqlite3 *database);

/* Binds the rows, which must stay as they are until the statement is reset; returns SQLite's code. Where SQLite cannot
 * hold a value, the statement fails with SQLITE_RANGE, and ar_sqlite_rows_refused tells the value's column. */
int ar_sqlite_rows_bind(sqlite3_stmt *statement, int index, const struct row_set *rows);

/* The column of the first value that SQLite cannot hold; NULL: it can hold all. */
const struct ar_column *ar_sqlite_rows_refused(const struct row_set *rows);

#endif
