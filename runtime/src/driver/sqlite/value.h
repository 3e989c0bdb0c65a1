/* Conversion of values to the form that SQLite stores. */
#ifndef AR_SQLITE_VALUE_H
#define AR_SQLITE_VALUE_H

#include "driver/driver.h"

#include <sqlite3.h>

/* Set the value as the result of an SQL function, in the form that the column stores. Its bytes must outlive the
 * statement. The column may be NULL if the value is not a time. Return false if SQLite cannot store the value. */
bool ar_sqlite_result(sqlite3_context *context, const struct ar_value *value, const struct ar_column *column);

/* Bind the value in the same way. Return SQLite's result code; SQLITE_RANGE if SQLite cannot store the value. */
int ar_sqlite_bind(sqlite3_stmt *handle, int index, const struct ar_value *value, const struct ar_column *column);

/* Return true if SQLite can store the value in this column. */
bool ar_sqlite_holds(const struct ar_value *value, const struct ar_column *column);

#endif
