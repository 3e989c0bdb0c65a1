/* PostgreSQL's errors as statuses. */
#ifndef AR_POSTGRESQL_ERROR_H
#define AR_POSTGRESQL_ERROR_H

#include "driver/postgresql/connection.h"
#include "driver/postgresql/encode.h"

/* Record the failure that a result reports, or that of the connection if the result is NULL. */
enum ar_status ar_pg_fail(struct connection *connection, const PGresult *result, const struct statement *statement,
                          struct failure *failure);

/* Write a message of libpq into `out`, in one line. */
void ar_pg_copy_message(const char *message, char *out, size_t size);

/* Record that a statement could not be sent, and mark the connection as lost: part of it may have been sent. */
enum ar_status ar_pg_fail_to_send(struct connection *connection, const struct statement *statement,
                                  struct failure *failure);

/* Record that a value was not sent because it is out of range or too large. `column` may be NULL; `number` is that of
 * the parameter, from 1, or 0 if there is none. Return AR_INVALID. */
enum ar_status ar_pg_refuse(const struct statement *statement, const struct ar_column *column, size_t number,
                            enum pg_encoding encoding, struct failure *failure);

/* Add to a failure of an outdated statement in a transaction how to resolve it. */
enum ar_status ar_pg_fail_outdated(struct failure *failure);

/* Return AR_MISUSE if a COMMIT rolled the transaction back, because one of its statements had failed. The server
 * reports this as success; only the command tag differs. */
enum ar_status ar_pg_check_commit(const PGresult *result, const struct statement *statement, struct failure *failure);

#endif
