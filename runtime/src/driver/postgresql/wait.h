/* Waiting for the server, for at most the session's timeout if it has one. */
#ifndef AR_POSTGRESQL_WAIT_H
#define AR_POSTGRESQL_WAIT_H

#include "driver/postgresql/connection.h"

/* The slow path of ar_pg_take_result. */
PGresult *ar_pg_await_result(struct connection *connection);

/* Call PQgetResult. If the server does not answer within the session's timeout, return NULL and mark the connection as
 * lost: ar_pg_is_connected then returns false. Likewise after an error of libpq itself, which has no SQLSTATE: if it
 * lacks memory for a result, it may drop the end of a pipeline as well, and would wait for it forever. */
static inline PGresult *ar_pg_take_result(struct connection *connection)
{
    PGresult *result = connection->timeout == 0 ? PQgetResult(connection->server) : ar_pg_await_result(connection);

    if (result != NULL && PQresultStatus(result) == PGRES_FATAL_ERROR &&
        PQresultErrorField(result, PG_DIAG_SQLSTATE) == NULL)
        connection->is_lost = true;
    return result;
}

/* Send rows of a COPY. Return false if they cannot be sent. */
bool ar_pg_send_copy(struct connection *connection, const char *bytes, size_t size);

#endif
