/* PostgreSQL's errors as statuses. */
#ifndef AR_POSTGRESQL_ERROR_H
#define AR_POSTGRESQL_ERROR_H

#include "driver/postgresql/connection.h"

/* Record the failure that a result reports, or that of the connection if the result is NULL. */
enum ar_status ar_pg_fail(struct connection *connection, const PGresult *result, const struct statement *statement,
                          struct failure *failure);

/* Write a message of libpq into `out`, in one line. */
void ar_pg_copy_message(const char *message, char *out, size_t size);

/* Record that a statement could not be sent, and mark the connection as lost: part of it may have been sent. */
enum ar_status ar_pg_fail_to_send(struct connection *connection, const struct statement *statement,
                                  struct failure *failure);

/* Add to a failure of an outdated statement in a transaction how to resolve it. */
enum ar_status ar_pg_fail_outdated(struct failure *failure);

/* AR_MISUSE where the COMMIT of a transaction in which a statement failed rolled it back: the server calls that a
 * success, and tells by the command's tag alone. */
enum ar_status ar_pg_check_commit(const PGresult *result, const struct statement *statement, struct failure *failure);

#endif
