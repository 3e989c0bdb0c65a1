/* PostgreSQL's errors as statuses. */
#ifndef AR_POSTGRESQL_ERROR_H
#define AR_POSTGRESQL_ERROR_H

#include "driver.h"

#include <libpq-fe.h>

/* Records the failure that a result tells of, or without a result the connection's. */
enum ar_status ar_pg_fail(PGconn *server, const PGresult *result, const struct statement *statement,
                          struct failure *failure);

/* Whether the failure may be that of a prepared statement whose table has changed since ("cached plan must not change
 * result type"), or that somebody else deallocated. */
bool ar_pg_is_outdated(const struct failure *failure);

/* AR_MISUSE where the COMMIT of a transaction in which a statement failed rolled it back: the server calls that a
 * success, and tells by the command's tag alone. */
enum ar_status ar_pg_check_commit(const PGresult *result, const struct statement *statement, struct failure *failure);

#endif
