/* SQLite's errors as statuses. */
#ifndef AR_SQLITE_ERROR_H
#define AR_SQLITE_ERROR_H

#include "base/error.h"
#include "driver/sqlite/connection.h"

/* Record SQLite's last error on this connection, which has this result code. Return its status. */
enum ar_status ar_sqlite_fail(const struct connection *connection, int code, const struct statement *statement,
                              struct failure *failure);

/* Record that a file, which has this name, cannot be opened. Return AR_UNAVAILABLE. */
enum ar_status ar_sqlite_fail_open(const struct connection *connection, const char *name, const struct ar_model *model,
                                   struct failure *failure);

/* Record that a value of this column cannot be stored. Return AR_INVALID. */
enum ar_status ar_sqlite_refuse(const struct ar_column *column, const struct statement *statement,
                                struct failure *failure);

#endif
