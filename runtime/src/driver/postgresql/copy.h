/* COPY FROM STDIN: inserting many rows without a statement for each. */
#ifndef AR_POSTGRESQL_COPY_H
#define AR_POSTGRESQL_COPY_H

#include "driver/postgresql/connection.h"

/* Return true if the statement is COPY … FROM STDIN (FORMAT binary), whose only parameter is a set of rows. */
bool ar_pg_is_copy(const struct statement *statement);

/* Run it on a connection that is not in pipeline mode. Return AR_INVALID if a column's type in the database cannot
 * store a value; the message names the column. If the rows cannot be sent, the connection is marked as lost. */
enum ar_status ar_pg_copy(struct connection *connection, const struct statement *statement, struct outcome *outcome,
                          struct failure *failure);

#endif
