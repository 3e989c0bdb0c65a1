/* What the parts of the SQLite driver share. */
#ifndef AR_DRIVER_SQLITE_H
#define AR_DRIVER_SQLITE_H

#include "driver.h"

#include <sqlite3.h>

/* Has an SQL function return the value, stored as the column type says; its bytes must outlive the statement. False: SQLite
 * cannot hold it. */
bool ar_sqlite_result(sqlite3_context *context, const struct ar_value *value, enum ar_type type);

/* Whether SQLite can hold the value, stored in the same way. */
bool ar_sqlite_holds(const struct ar_value *value, enum ar_type type);

#endif
