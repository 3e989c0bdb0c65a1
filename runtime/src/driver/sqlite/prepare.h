/* The prepared statement for a statement, which the connection keeps. */
#ifndef AR_SQLITE_PREPARE_H
#define AR_SQLITE_PREPARE_H

#include "base/error.h"
#include "driver/sqlite/connection.h"

/* Find the statement in the cache by its original SQL, or prepare it. If its SQL depends on the values of its sets,
 * find it by that SQL. */
enum ar_status ar_sqlite_prepare(struct connection *connection, const struct statement *statement,
                                 struct sqlite_statement **out, struct failure *failure);

#endif
