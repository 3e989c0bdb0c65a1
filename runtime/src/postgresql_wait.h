/* Waiting for the server: for as long as it takes, or no longer than the session's timeout. */
#ifndef AR_POSTGRESQL_WAIT_H
#define AR_POSTGRESQL_WAIT_H

#include "postgresql_connection.h"

/* The rest of ar_pg_take_result. */
PGresult *ar_pg_await_result(struct connection *connection);

/* PQgetResult; but if the server is silent for longer than the session's timeout, return NULL and give the connection
 * up: ar_pg_is_connected then returns false. */
static inline PGresult *ar_pg_take_result(struct connection *connection)
{
    return connection->timeout == 0 ? PQgetResult(connection->server) : ar_pg_await_result(connection);
}

/* Send rows of a COPY. Return false if they cannot be sent. */
bool ar_pg_send_copy(struct connection *connection, const char *bytes, size_t size);

#endif
