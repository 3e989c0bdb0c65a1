/* PostgreSQL's errors as statuses. */
#ifndef AR_POSTGRESQL_ERROR_H
#define AR_POSTGRESQL_ERROR_H

#include "driver.h"

#include <libpq-fe.h>

/* Records the failure that a result tells of, or without a result the connection's. */
enum ar_status ar_pg_fail(PGconn *server, const PGresult *result, const struct statement *statement,
                          struct failure *failure);

#endif
