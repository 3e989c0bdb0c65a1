/* Connecting to PostgreSQL servers, the settings that the driver relies on, and internal statements between runs. */
#include "driver/postgresql/connect.h"

#include "base/clock.h"
#include "driver/postgresql/error.h"
#include "driver/postgresql/report.h"
#include "driver/postgresql/wait.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Measure the time of an empty round trip. */
static bool measure_round_trip(struct connection *connection)
{
    uint64_t started = ar_microseconds_now();
    PGresult *result;
    bool is_measured;

    if (PQpipelineSync(connection->server) != 1)
        return false;
    result = ar_pg_take_result(connection);
    is_measured = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    PQclear(result);
    for (size_t i = 0; i < ROUND_TRIPS_KEPT; i++)
        connection->round_trips[i] = ar_microseconds_now() - started;
    return is_measured;
}

/* ---- Internal statements ----------------------------------------------------------------------------------------- */

/* Send a sync point after one statement, so that its failure does not abort other statements. If only the statement
 * could be sent, its answer would be taken for that of the next one: the connection is not used again. */
static bool end_alone(struct connection *connection, int is_sent)
{
    if (is_sent != 1)
        return false;
    if (PQpipelineSync(connection->server) == 1)
        return true;
    connection->is_lost = true;
    return false;
}

/* Send one statement with its own sync point. */
static bool send_alone(struct connection *connection, const char *sql)
{
    return end_alone(connection, PQsendQueryParams(connection->server, sql, 0, NULL, NULL, NULL, NULL, 1));
}

/* Receive its answer, up to the end of the pipeline. Return false if it failed.
 *   fact   receives the boolean that the statement selects, or NULL */
static bool receive_fact(struct connection *connection, bool *fact)
{
    bool is_done = true;

    while (ar_pg_is_connected(connection)) {
        PGresult *result = ar_pg_take_result(connection);
        ExecStatusType kind = PQresultStatus(result);
        if (fact != NULL && kind == PGRES_TUPLES_OK && PQntuples(result) == 1 && PQgetlength(result, 0, 0) == 1)
            *fact = *PQgetvalue(result, 0, 0) == 1;
        PQclear(result);
        if (kind == PGRES_PIPELINE_SYNC)
            return is_done;
        /* NULL terminates the results of the statement. */
        is_done = is_done && (result == NULL || kind == PGRES_COMMAND_OK || kind == PGRES_TUPLES_OK);
        if (kind == PGRES_COPY_IN || kind == PGRES_COPY_OUT || kind == PGRES_COPY_BOTH)
            connection->is_lost = true;
    }
    return false;
}

static bool receive_alone(struct connection *connection)
{
    return receive_fact(connection, NULL);
}

/* Close evicted statements before the next run, in the same round trip, but not in a transaction, which a failure
 * would abort. A failure does not matter: the name is not used again. A pooler has its own names for them on the server
 * and does not understand DEALLOCATE: without the message, its entry stays until the connection is closed. */
static size_t send_deallocations(struct connection *connection)
{
    struct prepared *dropped = connection->dropped, *next;
    size_t count = 0;

    connection->dropped = NULL;
    for (; dropped != NULL; dropped = next) {
        next = dropped->next_dropped;
        if (!connection->is_pooled || AR_PG_CLOSES_BY_PROTOCOL)
            count += end_alone(connection, ar_pg_send_close(connection->server, dropped->name));
        else
            connection->left_over++;
        free(dropped);
    }
    return count;
}

/* Return true if the server's statement_timeout must be changed. */
static bool must_set_timeout(const struct connection *connection)
{
    return connection->timeout != connection->server_timeout && !connection->is_pooled;
}

static bool send_timeout(struct connection *connection)
{
    char sql[64] = "RESET statement_timeout";

    connection->server_timeout = connection->timeout;
    if (connection->timeout > 0)
        (void)snprintf(sql, sizeof sql, "SET statement_timeout = %u", connection->timeout);
    return send_alone(connection, sql);
}

size_t ar_pg_send_housekeeping(struct connection *connection)
{
    size_t count = 0;

    if (PQtransactionStatus(connection->server) != PQTRANS_IDLE)
        return 0;
    connection->has_settings = false; /* they ended with the last transaction */
    if (connection->dropped == NULL && !must_set_timeout(connection))
        return 0;
    count += send_deallocations(connection);
    if (must_set_timeout(connection))
        count += send_timeout(connection);
    return count;
}

void ar_pg_receive_housekeeping(struct connection *connection, size_t count)
{
    for (; count > 0 && ar_pg_is_connected(connection); count--)
        (void)receive_alone(connection);
}

void ar_pg_run_housekeeping(struct connection *connection)
{
    ar_pg_receive_housekeeping(connection, ar_pg_send_housekeeping(connection));
}

/* Write the SQL of the settings that the driver relies on: for the connection or, through a pooler, for a transaction.
 * They are not set by connection options, because the URL may contain options as well, because
 * target_session_attrs=read-write would refuse a read-only server, and because poolers refuse many. */
static void write_settings(struct connection *connection)
{
    const char *is_local = connection->is_pooled ? "true" : "false";
    char timeout[80] = "", read_only[80] = "";

    if (connection->is_pooled && connection->timeout > 0)
        (void)snprintf(timeout, sizeof timeout, ", pg_catalog.set_config('statement_timeout', '%u', true)",
                       connection->timeout);
    if (connection->is_read_only)
        (void)snprintf(read_only, sizeof read_only, ", pg_catalog.set_config('%stransaction_read_only', 'on', %s)",
                       connection->is_pooled ? "" : "default_", is_local);
    (void)snprintf(connection->settings, sizeof connection->settings,
                   "SELECT pg_catalog.set_config('TimeZone', 'UTC', %s),"
                   " pg_catalog.set_config('standard_conforming_strings', 'on', %s),"
                   " pg_catalog.set_config('lock_timeout', '%u', %s)%s%s",
                   is_local, is_local, connection->lock_timeout, is_local, timeout, read_only);
}

const char *ar_pg_missing_settings(struct connection *connection)
{
    if (!connection->is_pooled || connection->has_settings)
        return NULL;
    if (connection->server_timeout != connection->timeout)
        write_settings(connection);
    connection->server_timeout = connection->timeout;
    return connection->settings;
}

/* Find out what the server is and, without a pooler, set what the driver relies on, in one round trip. */
static bool send_settings(struct connection *connection)
{
    static const char is_sharded[] = "SELECT EXISTS (SELECT FROM pg_catalog.pg_extension"
                                     " WHERE extname OPERATOR(pg_catalog.=) 'citus')";

    return (connection->is_pooled || send_alone(connection, connection->settings)) &&
           send_alone(connection, is_sharded) && (connection->is_pooled || receive_alone(connection)) &&
           receive_fact(connection, &connection->engine.is_sharded);
}

/* Citus refuses foreign keys to reference tables once it has used several connections to a server in the transaction.
 */
static void complete_engine(struct engine *engine)
{
    if (engine->is_sharded)
        engine->before_schema = "SET LOCAL citus.multi_shard_modify_mode TO 'sequential'";
}

static enum ar_status set_up(struct connection *connection, const struct ar_db_options *options, bool is_read_only,
                             struct failure *failure)
{
    const struct statement statement = {.sql = connection->settings};

    connection->is_pooled = options->pooled || options->no_named_statements;
    connection->no_named_statements = options->no_named_statements;
    connection->is_read_only = is_read_only;
    connection->lock_timeout = options->busy_timeout_ms;
    write_settings(connection);
    if (!ar_statement_cache_open(&connection->statements,
                                 ar_statement_limits(options->statement_cache_size, options->statement_cache_memory),
                                 ar_pg_drop))
        return ar_fail_no_memory(failure);
    /* Also limit the wait for a server that accepts connections but does not answer. */
    ar_pg_set_timeout(connection, options->connect_timeout_ms);
    if (PQenterPipelineMode(connection->server) == 0 || !send_settings(connection) || !measure_round_trip(connection))
        return ar_pg_fail(connection, NULL, &statement, failure);
    complete_engine(&connection->engine);
    ar_pg_set_timeout(connection, 0);
    return AR_OK;
}

/* Forget all prepared statements, because DISCARD ALL drops them on the server. */
static void forget_prepared(struct connection *connection)
{
    ar_statement_cache_clear(&connection->statements);
    ar_pg_free_dropped(connection);
}

bool ar_pg_reset(struct connection *connection)
{
    bool is_discarded;

    enum { LEFT_OVER_MAX = 512 };

    if (!ar_pg_is_connected(connection) || PQtransactionStatus(connection->server) != PQTRANS_IDLE ||
        connection->left_over > LEFT_OVER_MAX)
        return false;
    if (!connection->is_changed)
        return true;
    connection->is_changed = false;
    /* This could reset the server process of another client. */
    if (connection->is_pooled)
        return true;
    forget_prepared(connection);
    connection->server_timeout = 0;
    if (!send_alone(connection, "DISCARD ALL") || !send_alone(connection, connection->settings))
        return false;
    is_discarded = receive_alone(connection);
    return receive_alone(connection) && is_discarded;
}

/* libpq reports messages that arrive while no statement runs as notices. */
static void take_notice(void *payload, const PGresult *notice)
{
    struct connection *connection = payload;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *sqlstate = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);

    if (connection->engine.is_sharded)
        ar_pg_note_warning(connection, notice);
    if (severity == NULL || (strcmp(severity, "FATAL") != 0 && strcmp(severity, "PANIC") != 0))
        return;
    (void)snprintf(connection->fatal_notice.sqlstate, sizeof connection->fatal_notice.sqlstate, "%s",
                   sqlstate != NULL ? sqlstate : "");
    (void)snprintf(connection->fatal_notice.message, sizeof connection->fatal_notice.message, "%s",
                   message != NULL ? message : "");
}

static enum ar_status check_options(const struct ar_db_options *options, struct failure *failure)
{
    if (!options->pooled || !options->no_named_statements)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, NULL, NULL,
                   "pooled cannot be combined with no_named_statements: set pooled for PgBouncer 1.21 or newer, "
                   "no_named_statements for an older one");
}

/* In seconds, as libpq expects. */
static void print_timeout(char *out, size_t size, unsigned milliseconds)
{
    (void)snprintf(out, size, "%u", milliseconds / 1000 + (milliseconds % 1000 > 0 ? 1 : 0));
}

enum ar_status ar_pg_connect(const char *location, const struct ar_db_options *options, bool to_standby,
                             struct connection **out, struct failure *failure)
{
    char timeout[16], message[1024];
    /* Parameters before the URL are defaults, which it may override; parameters after it override the URL. */
    const char *const names[] = {"connect_timeout",
                                 "dbname",
                                 "client_encoding",
                                 "fallback_application_name",
                                 to_standby ? "target_session_attrs" : NULL,
                                 NULL};
    const char *const values[] = {timeout, location, "UTF8", "armature", "prefer-standby", NULL};
    struct connection *connection;
    enum ar_status status = check_options(options, failure);

    *out = NULL;
    if (status != AR_OK)
        return status;
    connection = calloc(1, sizeof *connection);
    if (connection == NULL)
        return ar_fail_no_memory(failure);
    (void)pthread_mutex_init(&connection->running, NULL);
    print_timeout(timeout, sizeof timeout, options->connect_timeout_ms);
    connection->server = PQconnectdbParams(names, values, 1);
    if (connection->server == NULL)
        status = ar_fail_no_memory(failure);
    else if (PQstatus(connection->server) != CONNECTION_OK) {
        ar_pg_copy_message(PQerrorMessage(connection->server), message, sizeof message);
        status = ar_fail(failure, AR_UNAVAILABLE, NULL, NULL, "%s", message);
    } else {
        (void)PQsetNoticeReceiver(connection->server, take_notice, connection);
        status = set_up(connection, options, options->read_only || to_standby, failure);
        if (status != AR_OK && connection->is_timed_out)
            status = ar_fail(failure, AR_UNAVAILABLE, NULL, NULL,
                             "the server accepted the connection, but did not answer within connect_timeout_ms (%u ms)",
                             options->connect_timeout_ms);
    }
    if (status != AR_OK) {
        ar_pg_disconnect(connection);
        return status;
    }
    *out = connection;
    return AR_OK;
}
