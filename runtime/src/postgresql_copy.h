/* COPY: rows sent as they are, without a statement for each. */
#ifndef AR_POSTGRESQL_COPY_H
#define AR_POSTGRESQL_COPY_H

#include "driver.h"

#include <libpq-fe.h>

/* Whether the statement is COPY … FROM STDIN (FORMAT binary), whose only parameter is the rows. */
bool ar_pg_is_copy(const struct statement *statement);

/* Runs it on a connection that is not in pipeline mode; what goes to the server is put together in `scratch`. AR_INVALID names the column of a value that the server's type
 * cannot hold. Where the connection is lost, that is to be asked of it. */
enum ar_status ar_pg_copy(PGconn *server, const struct statement *statement, struct arena *scratch,
                          struct outcome *outcome, struct failure *failure);

#endif
