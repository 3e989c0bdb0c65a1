/* Conversion of values to the form that SQLite stores. */
#ifndef AR_SQLITE_VALUE_H
#define AR_SQLITE_VALUE_H

#include "driver/driver.h"

#include "base/timestamp.h"
#include "base/uuid.h"

#include <sqlite3.h>

/* A value as SQLite stores it: NULL, an integer, a number, a string or a blob. An array is left as it is. */
struct sqlite_stored {
    struct ar_value value;
    char text[AR_TIMESTAMP_SIZE > AR_UUID_LENGTH ? AR_TIMESTAMP_SIZE : AR_UUID_LENGTH + 1]; /* of dates and the like */
};

/* Convert the value to the form that the column stores; the result may point to the bytes of the value. Return false if
 * SQLite cannot store the value. */
bool ar_sqlite_store(const struct ar_value *value, const struct ar_column *column, struct sqlite_stored *out);

/* Set the value as the result of an SQL function, in the form that the column stores. Its bytes must outlive the
 * statement. The column may be NULL if the value is not a time. Return false if SQLite cannot store the value. */
bool ar_sqlite_result(sqlite3_context *context, const struct ar_value *value, const struct ar_column *column);

/* Bind the value in the same way. Return SQLite's result code; SQLITE_RANGE if SQLite cannot store the value. */
int ar_sqlite_bind(sqlite3_stmt *handle, int index, const struct ar_value *value, const struct ar_column *column);

/* Return true if SQLite can store the value in this column. */
bool ar_sqlite_holds(const struct ar_value *value, const struct ar_column *column);

#endif
