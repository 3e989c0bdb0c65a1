/* COPY: rows sent as they are, without a statement for each. */
#ifndef AR_POSTGRESQL_COPY_H
#define AR_POSTGRESQL_COPY_H

#include "driver/postgresql/connection.h"

/* Whether the statement is COPY … FROM STDIN (FORMAT binary), whose only parameter is the rows. */
bool ar_pg_is_copy(const struct statement *statement);

/* Run it on a connection that is not in pipeline mode. AR_INVALID: the server's type cannot hold a value; the message
 * names its column. AR_NO_MEMORY. If the rows cannot be sent, the connection is marked as lost. */
enum ar_status ar_pg_copy(struct connection *connection, const struct statement *statement, struct outcome *outcome,
                          struct failure *failure);

#endif
