/* Waiting for the server, for at most the session's timeout if it has one. */
#ifndef AR_POSTGRESQL_WAIT_H
#define AR_POSTGRESQL_WAIT_H

#include "driver/postgresql/connection.h"

/* The slow path of ar_pg_take_result. */
PGresult *ar_pg_await_result(struct connection *connection);

/* Call PQgetResult. If the server does not answer within the session's timeout, return NULL and mark the connection as
 * lost: ar_pg_is_connected then returns false. */
static inline PGresult *ar_pg_take_result(struct connection *connection)
{
    return connection->timeout == 0 ? PQgetResult(connection->server) : ar_pg_await_result(connection);
}

/* Send rows of a COPY. Return false if they cannot be sent. */
bool ar_pg_send_copy(struct connection *connection, const char *bytes, size_t size);

#endif
