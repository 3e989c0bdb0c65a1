/* Waiting for the server with a time limit. Without a session timeout, libpq itself waits and this file is not used.
 *
 * With a timeout, the server cancels a statement that exceeds it (statement_timeout), and the connection stays usable.
 * The limit here applies to the time without an answer: it is reached if the server or the network hangs, and the
 * connection is then closed. It is one second longer, so that the server's message arrives first. */
#include "driver/postgresql/wait.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>

enum { SERVER_IS_LATE = 1000, /* milliseconds */ TLS_STEP = 100 };

/* Return the maximum time to wait for the server, in milliseconds. */
static int64_t limit_of(const struct connection *connection)
{
    bool server_ends_it = connection->server_timeout == connection->timeout;

    return (int64_t)connection->timeout + (server_ends_it ? SERVER_IS_LATE : 0);
}

/* Wait until data from the server is readable or, if data is unsent, writable. Return false on timeout. */
static bool await_socket(struct connection *connection, bool is_unsent)
{
    uint64_t started = ar_microseconds_now();
    bool is_busy = PQisBusy(connection->server) != 0; /* never while the rows of a COPY are sent */
    struct pollfd socket = {.fd = PQsocket(connection->server),
                            .events = (short)(is_unsent ? POLLIN | POLLOUT : POLLIN)};

    for (;;) {
        int64_t left = limit_of(connection) - (int64_t)((ar_microseconds_now() - started) / 1000);
        /* The TLS library may already have read the data from the socket. */
        int step = PQsslInUse(connection->server) && left > TLS_STEP ? TLS_STEP : (int)left;
        int ready = left > 0 ? poll(&socket, 1, step) : 0;
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return true;
        if (left <= 0)
            return false;
        if (ready == 0 && (PQconsumeInput(connection->server) == 0 || (is_busy && PQisBusy(connection->server) == 0)))
            return true;
    }
}

static void give_up(struct connection *connection)
{
    connection->is_timed_out = true;
    connection->is_lost = true;
}

/* Wait until PQgetResult does not block. PQgetResult reports failures. */
static bool await_answer(struct connection *connection)
{
    while (PQisBusy(connection->server) != 0) {
        int unsent = PQflush(connection->server);
        if (unsent < 0)
            return true;
        if (!await_socket(connection, unsent > 0))
            return false;
        if (PQconsumeInput(connection->server) == 0)
            return true;
    }
    return true;
}

PGresult *ar_pg_await_result(struct connection *connection)
{
    if (connection->is_lost)
        return NULL;
    if (await_answer(connection))
        return PQgetResult(connection->server);
    give_up(connection);
    return NULL;
}

/* Wait until everything is sent, so that libpq's buffer does not grow. */
static bool flush(struct connection *connection)
{
    int unsent;

    while ((unsent = PQflush(connection->server)) > 0) {
        if (!await_socket(connection, true)) {
            give_up(connection);
            return false;
        }
        if (PQconsumeInput(connection->server) == 0)
            return false;
    }
    return unsent == 0;
}

bool ar_pg_send_copy(struct connection *connection, const char *bytes, size_t size)
{
    if (PQputCopyData(connection->server, bytes, (int)size) != 1)
        return false;
    return connection->timeout == 0 || flush(connection);
}
