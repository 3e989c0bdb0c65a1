/* The parameters of a statement, bound to its placeholders. */
#ifndef AR_SQLITE_PARAMETERS_H
#define AR_SQLITE_PARAMETERS_H

#include "base/error.h"
#include "driver/sqlite/connection.h"

/* Return AR_MISUSE unless user SQL, which has `has_dollars`, has as many placeholders as values, each `$n` with its own
 * number. */
enum ar_status ar_sqlite_check_placeholders(sqlite3_stmt *handle, const struct statement *statement,
                                            struct failure *failure);

/* Bind all parameters. Strings, keys and structs are bound without a copy: they must not change until the statement is
 * reset. */
enum ar_status ar_sqlite_bind_all(struct connection *connection, sqlite3_stmt *handle,
                                  const struct statement *statement, struct failure *failure);

#endif
