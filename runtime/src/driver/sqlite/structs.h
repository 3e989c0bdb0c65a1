/* Structs bound as one parameter: armature_rows(?), a table to insert from. */
#ifndef AR_SQLITE_STRUCTS_H
#define AR_SQLITE_STRUCTS_H

#include "driver/driver.h"

#include <sqlite3.h>

/* Register the table. Return SQLite's result code. */
int ar_sqlite_structs_register(sqlite3 *database);

/* Bind the rows, which must not change until the statement is reset. Return SQLite's result code. If SQLite cannot
 * store a value, the statement fails with SQLITE_RANGE, and ar_sqlite_structs_refused returns the column of the value.
 */
int ar_sqlite_structs_bind(sqlite3_stmt *statement, int index, const struct row_set *rows);

/* Return the column of the first value that SQLite cannot store; NULL if it can store all. */
const struct ar_column *ar_sqlite_structs_refused(const struct row_set *rows);

#endif
