/* libpq, and the functions that only its newer versions have, with the best substitute of older ones: the only code
 * that depends on the version. Armature builds with libpq 14 or newer. */
#ifndef AR_POSTGRESQL_LIBPQ_H
#define AR_POSTGRESQL_LIBPQ_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>

/* Rows in parts. Call ar_pg_take_parts after sending a statement, before its first result: its rows are then returned
 * in results of AR_PG_PART, each of at most `row_count` rows, and a last result of PGRES_TUPLES_OK without rows. libpq
 * 17 has chunks; before it, each part is a single row, for which libpq executes twice as many instructions.
 *
 * Closing. ar_pg_send_close sends the message that closes a prepared statement; in a pipeline. A pooler that keeps
 * track of prepared statements (AR_PG_CLOSES_BY_PROTOCOL) understands only this message. Before libpq 17, send
 * DEALLOCATE, which is the same without a pooler. Both are answered by PGRES_COMMAND_OK, and return 1 if it was sent.
 */
#ifdef LIBPQ_HAS_CHUNK_MODE /* and with it LIBPQ_HAS_CLOSE_PREPARED and LIBPQ_HAS_ASYNC_CANCEL */

enum { AR_PG_PART = PGRES_TUPLES_CHUNK, AR_PG_PART_ROWS_MAX = 256, AR_PG_CLOSES_BY_PROTOCOL = 1 };

static inline int ar_pg_take_parts(PGconn *server, int row_count)
{
    return PQsetChunkedRowsMode(server, row_count);
}

static inline int ar_pg_send_close(PGconn *server, const char *name)
{
    return PQsendClosePrepared(server, name);
}

/* Ask the server to cancel what it runs, from any thread, and wait until it has processed the request. Return false if
 * that failed. The request uses TLS if the connection does, and respects its connect_timeout. */
static inline bool ar_pg_cancel(PGconn *server)
{
    PGcancelConn *cancel = PQcancelCreate(server);
    bool is_done = PQcancelBlocking(cancel) == 1;

    PQcancelFinish(cancel);
    return is_done;
}

#else

enum { AR_PG_PART = PGRES_SINGLE_TUPLE, AR_PG_PART_ROWS_MAX = 1, AR_PG_CLOSES_BY_PROTOCOL = 0 };

static inline int ar_pg_take_parts(PGconn *server, int row_count)
{
    (void)row_count;
    return PQsetSingleRowMode(server);
}

static inline int ar_pg_send_close(PGconn *server, const char *name)
{
    char sql[64];

    (void)snprintf(sql, sizeof sql, "DEALLOCATE %s", name);
    return PQsendQueryParams(server, sql, 0, NULL, NULL, NULL, NULL, 1);
}

/* The same without TLS, and for as long as the network allows. */
static inline bool ar_pg_cancel(PGconn *server)
{
    char message[256];
    PGcancel *cancel = PQgetCancel(server);
    bool is_done = cancel != NULL && PQcancel(cancel, message, sizeof message) == 1;

    PQfreeCancel(cancel);
    return is_done;
}

#endif

#endif
