/* Connections to PostgreSQL servers: their state, interruption, and end. */
#include "driver/postgresql/connection.h"

#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

void ar_pg_free_dropped(struct connection *connection)
{
    struct prepared *next;

    for (; connection->dropped != NULL; connection->dropped = next) {
        next = connection->dropped->next_dropped;
        free(connection->dropped);
    }
}

void ar_pg_disconnect(struct connection *connection)
{
    if (connection == NULL)
        return;
    if (connection->statements.buckets != NULL)
        ar_statement_cache_close(&connection->statements);
    ar_pg_free_dropped(connection);
    ar_arena_free(&connection->scratch);
    ar_pointer_map_free(&connection->rules);
    /* PQfinish would flush what a failed call left unsent, possibly a COMMIT. */
    if (connection->is_lost && PQsocket(connection->server) >= 0)
        (void)shutdown(PQsocket(connection->server), SHUT_RDWR);
    PQfinish(connection->server);
    (void)pthread_mutex_destroy(&connection->running);
    free(connection);
}

void ar_pg_drop(void *handle)
{
    struct prepared *prepared = handle;

    prepared->next_dropped = prepared->connection->dropped;
    prepared->connection->dropped = prepared;
}

const struct engine *ar_pg_engine(const struct connection *connection)
{
    return &connection->engine;
}

bool ar_pg_in_transaction(const struct connection *connection)
{
    PGTransactionStatusType status = PQtransactionStatus(connection->server);

    return !connection->is_lost && (status == PQTRANS_INTRANS || status == PQTRANS_INERROR);
}

bool ar_pg_is_connected(const struct connection *connection)
{
    return !connection->is_lost && PQstatus(connection->server) == CONNECTION_OK;
}

/* If the server went away while the connection was idle, the closed socket is readable, possibly after a last message.
 * Usually there is nothing to read. */
bool ar_pg_is_open(struct connection *connection)
{
    struct pollfd incoming = {.fd = PQsocket(connection->server), .events = POLLIN};

    if (connection->is_lost)
        return false;
    for (int reads = 0; reads < 2 && poll(&incoming, 1, 0) != 0; reads++)
        if (PQconsumeInput(connection->server) == 0)
            return false;
    return PQstatus(connection->server) == CONNECTION_OK;
}

bool ar_pg_is_usable(struct connection *connection)
{
    return ar_pg_is_open(connection) && PQtransactionStatus(connection->server) == PQTRANS_IDLE;
}

bool ar_pg_take(struct connection *connection)
{
    connection->is_checked = ar_pg_is_usable(connection);
    return connection->is_checked;
}

void ar_pg_set_timeout(struct connection *connection, unsigned milliseconds)
{
    /* The server and poll() take an int, and the wait is slightly longer than this. 12 days are as good as no limit. */
    if (milliseconds > INT_MAX / 2)
        milliseconds = INT_MAX / 2;
    if (connection->timeout == milliseconds)
        return;
    connection->timeout = milliseconds;
    /* Otherwise libpq itself blocks until the server has accepted what it sends. */
    (void)PQsetnonblocking(connection->server, milliseconds > 0);
}

/* Return the shortest of the last few: the others may include time spent waiting for a processor. */
uint64_t ar_pg_round_trip(const struct connection *connection)
{
    uint64_t shortest = connection->round_trips[0];

    for (size_t i = 1; i < ROUND_TRIPS_KEPT; i++)
        if (connection->round_trips[i] < shortest)
            shortest = connection->round_trips[i];
    return shortest;
}

void ar_pg_note_running(struct connection *connection, bool is_running)
{
    (void)pthread_mutex_lock(&connection->running);
    connection->is_running = is_running;
    if (is_running)
        connection->was_interrupted = false;
    (void)pthread_mutex_unlock(&connection->running);
}

bool ar_pg_was_interrupted(struct connection *connection)
{
    bool was_interrupted;

    (void)pthread_mutex_lock(&connection->running);
    was_interrupted = connection->was_interrupted;
    (void)pthread_mutex_unlock(&connection->running);
    return was_interrupted;
}

/* The server cancels whatever runs when the request arrives. A run therefore does not end while a request is being
 * sent, so that it never cancels the next one. When ar_pg_cancel returns, the server has processed it. */
void ar_pg_interrupt(struct connection *connection)
{
    (void)pthread_mutex_lock(&connection->running);
    if (connection->is_running)
        connection->was_interrupted |= ar_pg_cancel(connection->server);
    (void)pthread_mutex_unlock(&connection->running);
}
