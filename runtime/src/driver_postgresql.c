/* The PostgreSQL driver: connections, and statements in a pipeline, so that several take one round trip. Values go and
 * come in binary form (https://www.postgresql.org/docs/15/libpq-pipeline-mode.html). */
#include "driver.h"
#include "postgresql_copy.h"
#include "postgresql_error.h"
#include "postgresql_row.h"
#include "postgresql_value.h"
#include "statement_cache.h"

#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUND_TRIPS_KEPT = 4, SCRATCH_KEPT = 256 << 10 };

struct connection {
    PGconn *server;
    struct statement_cache statements; /* by text; the handle is a struct prepared */
    struct arena scratch;              /* of one run */
    struct prepared *dropped;          /* left the cache: the server is told with the next run */
    unsigned last_number;
    bool no_named_statements;
    bool is_lost; /* a run was sent in part: what comes back belongs to nobody, and the connection is closed */
    pthread_mutex_t running; /* guards is_running, and is held while an interrupt is on its way to the server */
    bool is_running;
    uint64_t round_trips[ROUND_TRIPS_KEPT]; /* as measured lately, in microseconds */
    size_t measured_count;
    unsigned run_count; /* of runs that could have told one */
};

/* A statement that the server knows by name. */
struct prepared {
    struct connection *connection;
    struct prepared *next_dropped;
    size_t rows_size; /* bytes that its rows had when it last ran; SIZE_MAX: it has not run */
    char name[24];
};

/* One statement of a run, on its way. */
struct sent {
    struct prepared *prepared; /* NULL: it goes without a name */
    bool is_new;               /* the server is asked to prepare it before */
};

/* ---- Connections ------------------------------------------------------------------------------------------------- */

static void postgresql_disconnect(struct connection *connection)
{
    struct prepared *next;

    if (connection == NULL)
        return;
    if (connection->statements.buckets != NULL)
        ar_statement_cache_close(&connection->statements);
    for (; connection->dropped != NULL; connection->dropped = next) {
        next = connection->dropped->next_dropped;
        free(connection->dropped);
    }
    ar_arena_free(&connection->scratch);
    PQfinish(connection->server);
    (void)pthread_mutex_destroy(&connection->running);
    free(connection);
}

static void drop(void *handle)
{
    struct prepared *prepared = handle;

    prepared->next_dropped = prepared->connection->dropped;
    prepared->connection->dropped = prepared;
}

/* How long a round trip takes that asks for nothing. */
static bool measure_round_trip(struct connection *connection)
{
    uint64_t started = ar_microseconds_now();
    PGresult *result;
    bool is_measured;

    if (PQpipelineSync(connection->server) != 1)
        return false;
    result = PQgetResult(connection->server);
    is_measured = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    PQclear(result);
    for (size_t i = 0; i < ROUND_TRIPS_KEPT; i++)
        connection->round_trips[i] = ar_microseconds_now() - started;
    return is_measured;
}

/* Settings that the driver relies on. They are made here and not by the connection's options, because the URL may have
 * such of its own, and because a target_session_attrs of read-write would refuse a server that is told to be read-only. */
static enum ar_status set_up(struct connection *connection, const struct ar_db_options *options, bool is_read_only,
                             struct failure *failure)
{
    char sql[128];
    PGresult *result;
    bool is_set;

    connection->no_named_statements = options->no_named_statements;
    (void)snprintf(sql, sizeof sql, "SET TimeZone = 'UTC'");
    if (!options->no_named_statements)
        (void)snprintf(sql, sizeof sql, "SET TimeZone = 'UTC'; SET lock_timeout = %u%s", options->busy_timeout_ms,
                       is_read_only ? "; SET default_transaction_read_only = on" : "");
    result = PQexec(connection->server, sql);
    is_set = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!is_set)
        return ar_pg_fail(connection->server, NULL, &(struct statement){.sql = sql}, failure);
    if (!ar_statement_cache_open(&connection->statements, options->statement_cache_size, drop))
        return ar_fail_no_memory(failure);
    if (PQenterPipelineMode(connection->server) == 0 || !measure_round_trip(connection))
        return ar_pg_fail(connection->server, NULL, &(struct statement){.sql = sql}, failure);
    return AR_OK;
}

static void ignore_notice(void *payload, const PGresult *notice)
{
    (void)payload, (void)notice;
}

/* Nothing can be set for the server's connection where that is another's in the next transaction. */
static enum ar_status check_options(const struct ar_db_options *options, struct failure *failure)
{
    if (!options->read_only || !options->no_named_statements)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, NULL, NULL,
                   "read_only cannot be kept with no_named_statements: let the role be read-only instead "
                   "(ALTER ROLE … SET default_transaction_read_only = on)");
}

/* Seconds, as libpq takes them. */
static void print_timeout(char *out, size_t size, unsigned milliseconds)
{
    (void)snprintf(out, size, "%u", milliseconds / 1000 + (milliseconds % 1000 > 0 ? 1 : 0));
}

static enum ar_status postgresql_connect(const char *location, const struct ar_db_options *options, bool to_standby,
                                         struct connection **out, struct failure *failure)
{
    char timeout[16];
    /* What the URL says goes before what stands in front of it, and after it what must hold whatever the URL says. */
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
    else if (PQstatus(connection->server) != CONNECTION_OK)
        status = ar_fail(failure, AR_UNAVAILABLE, NULL, NULL, "%s", PQerrorMessage(connection->server));
    else {
        (void)PQsetNoticeReceiver(connection->server, ignore_notice, NULL);
        status = set_up(connection, options, options->read_only || to_standby, failure);
    }
    if (status != AR_OK) {
        postgresql_disconnect(connection);
        return status;
    }
    *out = connection;
    return AR_OK;
}

static bool postgresql_in_transaction(const struct connection *connection)
{
    PGTransactionStatusType status = PQtransactionStatus(connection->server);

    return !connection->is_lost && (status == PQTRANS_INTRANS || status == PQTRANS_INERROR);
}

/* A server that went away while the connection lay idle has closed its end: that is there to be read, behind its last
 * words if it had any. Mostly there is nothing. */
static bool postgresql_is_usable(struct connection *connection)
{
    struct pollfd incoming = {.fd = PQsocket(connection->server), .events = POLLIN};

    if (connection->is_lost)
        return false;
    for (int reads = 0; reads < 2 && poll(&incoming, 1, 0) != 0; reads++)
        if (PQconsumeInput(connection->server) == 0)
            return false;
    return PQstatus(connection->server) == CONNECTION_OK && PQtransactionStatus(connection->server) == PQTRANS_IDLE;
}

/* The shortest of the last few: in the others it may have been the processor that was waited for. */
static uint64_t postgresql_round_trip(const struct connection *connection)
{
    uint64_t shortest = connection->round_trips[0];

    for (size_t i = 1; i < ROUND_TRIPS_KEPT; i++)
        if (connection->round_trips[i] < shortest)
            shortest = connection->round_trips[i];
    return shortest;
}

static void note_running(struct connection *connection, bool is_running)
{
    (void)pthread_mutex_lock(&connection->running);
    connection->is_running = is_running;
    (void)pthread_mutex_unlock(&connection->running);
}

/* The server ends whatever runs when the request arrives. So a run does not end before a request that is on its way has
 * arrived, or it would be the next one that is met. The server has acted when PQcancel returns. */
static void postgresql_interrupt(struct connection *connection)
{
    char message[256];
    PGcancel *cancel;

    (void)pthread_mutex_lock(&connection->running);
    cancel = connection->is_running ? PQgetCancel(connection->server) : NULL;
    if (cancel != NULL)
        (void)PQcancel(cancel, message, sizeof message);
    PQfreeCancel(cancel);
    (void)pthread_mutex_unlock(&connection->running);
}

/* ---- Sending ----------------------------------------------------------------------------------------------------- */

/* The parameters of one statement, as libpq takes them. */
struct encoded {
    int count;
    Oid *oids;
    const char **data;
    int *lengths;
    int *formats;
};

static size_t count_parameters(const struct statement *statement)
{
    size_t count = 0;

    for (size_t i = 0; i < statement->parameter_count; i++)
        count += statement->parameters[i].keys != NULL ? statement->parameters[i].keys->column_count : 1;
    return count;
}

static enum ar_status refuse_value(const struct statement *statement, const struct ar_column *column, size_t place,
                                   struct failure *failure)
{
    ar_fail(failure, AR_INVALID, statement->model, column,
            "%s%sparameter %zu is a value that PostgreSQL cannot hold: a number or time out of range, or a time that "
            "is finer than a microsecond",
            column != NULL ? column->field : "", column != NULL ? ": " : "", place + 1);
    ar_failure_add_sql(failure, statement->sql);
    return AR_INVALID;
}

static enum ar_status add_parameter(struct encoded *encoded, const struct statement *statement,
                                    const struct ar_column *column, const struct pg_parameter *parameter,
                                    enum pg_encoding encoding, struct failure *failure)
{
    int place = encoded->count;

    if (encoding == PG_NO_MEMORY)
        return ar_fail_no_memory(failure);
    if (encoding == PG_OUT_OF_RANGE)
        return refuse_value(statement, column, (size_t)place, failure);
    encoded->oids[place] = parameter->oid;
    encoded->data[place] = parameter->data;
    encoded->lengths[place] = parameter->length;
    encoded->formats[place] = 1;
    encoded->count++;
    return AR_OK;
}

static enum ar_status encode(struct connection *connection, const struct statement *statement, struct encoded *out,
                             struct failure *failure)
{
    struct arena *arena = &connection->scratch;
    size_t count = count_parameters(statement);
    enum ar_status status = AR_OK;

    *out = (struct encoded){
        .oids = ar_arena_allocate(arena, (count + 1) * sizeof *out->oids),
        .data = ar_arena_allocate(arena, (count + 1) * sizeof *out->data),
        .lengths = ar_arena_allocate(arena, (count + 1) * sizeof *out->lengths),
        .formats = ar_arena_allocate(arena, (count + 1) * sizeof *out->formats),
    };
    if (out->oids == NULL || out->data == NULL || out->lengths == NULL || out->formats == NULL)
        return ar_fail_no_memory(failure);
    for (size_t i = 0; i < statement->parameter_count && status == AR_OK; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        struct pg_parameter one;
        enum pg_encoding encoding;
        if (parameter->keys == NULL) {
            encoding = ar_pg_encode(&parameter->value,
                                    parameter->column != NULL ? parameter->column->type : AR_TYPE_INT64, arena, &one);
            status = add_parameter(out, statement, parameter->column, &one, encoding, failure);
        }
        for (size_t k = 0; parameter->keys != NULL && k < parameter->keys->column_count && status == AR_OK; k++) {
            encoding = ar_pg_encode_keys(parameter->keys, k, arena, &one);
            status = add_parameter(out, statement, parameter->column, &one, encoding, failure);
        }
    }
    return status;
}

/* What an earlier statement of this run is being prepared as, which has the same text. */
static struct prepared *find_in_run(const struct statement *statements, const struct sent *sent, size_t count,
                                    const char *sql)
{
    for (size_t i = 0; i < count; i++)
        if (sent[i].is_new && strcmp(statements[i].sql, sql) == 0)
            return sent[i].prepared;
    return NULL;
}

static enum ar_status fail_to_send(struct connection *connection, const struct statement *statement,
                                   struct failure *failure)
{
    connection->is_lost = true;
    return ar_pg_fail(connection->server, NULL, statement, failure);
}

/* Finds the prepared statement, or asks the server to prepare it. */
static enum ar_status name_statement(struct connection *connection, const struct statement *statements,
                                     struct sent *sent, size_t i, const struct encoded *encoded,
                                     struct failure *failure)
{
    const char *sql = statements[i].sql;
    struct prepared *prepared = ar_statement_cache_find(&connection->statements, sql, statements[i].is_constant);

    sent[i].prepared = prepared != NULL ? prepared : find_in_run(statements, sent, i, sql);
    if (sent[i].prepared != NULL)
        return AR_OK;
    prepared = malloc(sizeof *prepared);
    if (prepared == NULL)
        return ar_fail_no_memory(failure);
    *prepared = (struct prepared){.connection = connection, .rows_size = SIZE_MAX};
    (void)snprintf(prepared->name, sizeof prepared->name, "armature_%u", ++connection->last_number);
    sent[i] = (struct sent){.prepared = prepared, .is_new = true};
    if (PQsendPrepare(connection->server, prepared->name, sql, encoded->count, encoded->oids) == 1)
        return AR_OK;
    return fail_to_send(connection, &statements[i], failure);
}

static enum ar_status send_statement(struct connection *connection, const struct statement *statements,
                                     struct sent *sent, size_t i, struct failure *failure)
{
    struct encoded encoded;
    enum ar_status status = encode(connection, &statements[i], &encoded, failure);
    int is_sent;

    sent[i] = (struct sent){.prepared = NULL};
    if (status != AR_OK)
        return status;
    if (connection->no_named_statements) {
        is_sent = PQsendQueryParams(connection->server, statements[i].sql, encoded.count, encoded.oids, encoded.data,
                                    encoded.lengths, encoded.formats, 1);
    } else {
        status = name_statement(connection, statements, sent, i, &encoded, failure);
        if (status != AR_OK)
            return status;
        is_sent = PQsendQueryPrepared(connection->server, sent[i].prepared->name, encoded.count, encoded.data,
                                      encoded.lengths, encoded.formats, 1);
    }
    return is_sent == 1 ? AR_OK : fail_to_send(connection, &statements[i], failure);
}

/* ---- Receiving --------------------------------------------------------------------------------------------------- */

/* What has come of a run. */
struct receipt {
    struct connection *connection;
    struct failure *failure;
    enum ar_status status; /* the first failure; what comes behind it is only taken off the wire */
    size_t rows_size;      /* bytes that the rows of the last command had in libpq's memory */
};

/* The types of a statement's columns: one array for all rows, each of which may come as a result of its own. */
struct columns {
    int count;
    Oid *types; /* NULL before the first row */
};

static enum ar_status find_columns(const PGresult *result, struct receipt *receipt, struct columns *out)
{
    struct arena *scratch = &receipt->connection->scratch;

    out->count = PQnfields(result);
    out->types = ar_arena_allocate(scratch, ((size_t)out->count + 1) * sizeof *out->types);
    if (out->types == NULL)
        return ar_fail_no_memory(receipt->failure);
    for (int i = 0; i < out->count; i++)
        out->types[i] = PQftype(result, i);
    return AR_OK;
}

/* What a result has in libpq's memory, or would have together with the others: of single rows, one in sixteen stands for
 * those behind it. */
static size_t size_of_rows(const struct pg_row *first, uint64_t rows_before, int row_count)
{
    enum { MEASURED = 16 };

    if (row_count != 1)
        return PQresultMemorySize(first->result);
    return rows_before % MEASURED == 0 ? MEASURED * ar_pg_row_size(first) : 0;
}

/* Hands the rows of one result to the statement. */
static enum ar_status take_rows(struct receipt *receipt, const PGresult *result, const struct statement *statement,
                                const struct columns *columns, struct outcome *outcome)
{
    struct pg_row row = {.base = {&ar_driver_postgresql}, .result = result, .types = columns->types};
    int row_count = PQntuples(result);
    enum ar_status status = AR_OK;

    receipt->rows_size += size_of_rows(&row, outcome->rows, row_count);
    outcome->rows += (uint64_t)row_count;
    for (; row.number < row_count && statement->on_row != NULL && status == AR_OK; row.number++)
        status = statement->on_row(statement->payload, &row.base);
    return status;
}

/* Takes one result off the wire. */
static void receive_result(struct receipt *receipt, const PGresult *result, const struct statement *statement,
                           struct columns *columns, struct outcome *outcome)
{
    ExecStatusType kind = PQresultStatus(result);

    switch (kind) {
    case PGRES_SINGLE_TUPLE:
    case PGRES_TUPLES_OK:
        if (receipt->status == AR_OK && columns->types == NULL)
            receipt->status = find_columns(result, receipt, columns);
        if (receipt->status == AR_OK)
            receipt->status = take_rows(receipt, result, statement, columns, outcome);
        if (kind == PGRES_SINGLE_TUPLE)
            break;
        __attribute__((fallthrough));
    case PGRES_COMMAND_OK:
        outcome->changes = strtoull(PQcmdTuples((PGresult *)(uintptr_t)result), NULL, 10);
        if (receipt->status == AR_OK)
            receipt->status = ar_pg_check_commit(result, statement, receipt->failure);
        break;
    case PGRES_PIPELINE_ABORTED:
        break;
    default:
        if (receipt->status == AR_OK)
            receipt->status = ar_pg_fail(receipt->connection->server, result, statement, receipt->failure);
    }
}

/* Takes the results of one command off the wire, up to the NULL that ends them. False: the connection is gone. */
static bool receive_command(struct receipt *receipt, const struct statement *statement, struct outcome *outcome)
{
    PGconn *server = receipt->connection->server;
    struct columns columns = {.types = NULL};
    PGresult *result;

    receipt->rows_size = 0;
    while ((result = PQgetResult(server)) != NULL) {
        receive_result(receipt, result, statement, &columns, outcome);
        PQclear(result);
        if (PQstatus(server) == CONNECTION_BAD)
            break;
    }
    if (PQstatus(server) == CONNECTION_OK)
        return true;
    if (receipt->status == AR_OK)
        receipt->status = ar_pg_fail(server, NULL, statement, receipt->failure);
    return false;
}

/* A statement that the server has prepared stays prepared, whatever becomes of the run. */
static void keep_prepared(struct receipt *receipt, const struct statement *statement, struct sent *sent)
{
    enum ar_status before = receipt->status;
    struct outcome ignored = {.rows = 0};
    bool is_there = receive_command(receipt, statement, &ignored);

    if (is_there && before == AR_OK && receipt->status == AR_OK &&
        ar_statement_cache_add(&receipt->connection->statements, statement->sql, statement->is_constant,
                               sent->prepared))
        return;
    /* It may be there or not: it gets no second use, and the server is told to forget it. */
    drop(sent->prepared);
}

/* Whether rows are to be taken one by one, as they come: then records are made while the server is still busy with the
 * rows behind, and no memory is needed for all of them twice. A result taken whole has libpq execute half as many
 * instructions for a row, and is earlier here where all of it comes at once; the last time is the best guess. Between
 * them, 10,000 users take 3.7 and 4.6 ms, 1,000 posts and their users 1.5 and 1.7. */
static bool goes_by_rows(const struct statement *statement, const struct prepared *prepared)
{
    enum { WHOLE_SIZE_MAX = 32 << 10 };

    if (statement->on_row == NULL || statement->column_count == 0 || statement->is_single)
        return false;
    return prepared == NULL || prepared->rows_size > WHOLE_SIZE_MAX;
}

static void receive_statement(struct receipt *receipt, const struct statement *statement, struct sent *sent,
                              struct outcome *outcome)
{
    PGconn *server = receipt->connection->server;

    if (sent->is_new)
        keep_prepared(receipt, statement, sent);
    if (receipt->status == AR_OK && statement->before_rows != NULL)
        receipt->status = statement->before_rows(statement->payload);
    if (goes_by_rows(statement, sent->prepared))
        (void)PQsetSingleRowMode(server);
    (void)receive_command(receipt, statement, outcome);
    if (sent->prepared != NULL)
        sent->prepared->rows_size = receipt->rows_size;
    if (receipt->status == AR_OK && statement->after_rows != NULL)
        receipt->status = statement->after_rows(statement->payload);
    outcome->finished = ar_microseconds_now();
}

/* Takes the end of the pipeline. It may fail as well: what a statement outside a transaction wrote is committed with it,
 * and deferred constraints are checked then. */
static void receive_end(struct receipt *receipt, const struct statement *last)
{
    PGconn *server = receipt->connection->server;
    bool is_end = false;

    /* An error is followed by a NULL, and that by the end. */
    for (int nulls = 0; nulls < 2 && !is_end && PQstatus(server) == CONNECTION_OK;) {
        PGresult *result = PQgetResult(server);
        is_end = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        nulls += result == NULL;
        if (result != NULL && !is_end && receipt->status == AR_OK)
            receipt->status = ar_pg_fail(server, result, last, receipt->failure);
        PQclear(result);
    }
    if (!is_end && receipt->status == AR_OK)
        receipt->status = ar_pg_fail(server, NULL, last, receipt->failure);
}

/* ---- A run ------------------------------------------------------------------------------------------------------- */

/* What the cache let go of is forgotten by the server as well: in front of the next run and in its round trip, but not
 * within a transaction, which a failure would end. A failure does not matter: the name is not used again. Returns how
 * many results will come. */
static size_t send_deallocations(struct connection *connection)
{
    struct prepared *dropped = connection->dropped, *next;
    size_t count = 0;
    char sql[48];

    if (dropped == NULL || PQtransactionStatus(connection->server) != PQTRANS_IDLE)
        return 0;
    connection->dropped = NULL;
    for (; dropped != NULL; dropped = next) {
        next = dropped->next_dropped;
        (void)snprintf(sql, sizeof sql, "DEALLOCATE %s", dropped->name);
        /* Each has an end of its own, so that a failure is not that of the others. */
        count += PQsendQueryParams(connection->server, sql, 0, NULL, NULL, NULL, NULL, 1) == 1 &&
                 PQpipelineSync(connection->server) == 1;
        free(dropped);
    }
    return count;
}

static void receive_deallocations(struct connection *connection, size_t count)
{
    struct failure ignored;
    struct receipt receipt = {.connection = connection, .failure = &ignored};
    const struct statement statement = {.sql = ""};
    struct outcome outcome;

    for (; count > 0 && receive_command(&receipt, &statement, &outcome); count--)
        PQclear(PQgetResult(connection->server));
}

/* Whether this run is to tell how long a round trip takes: one that opens with a statement that costs the server
 * nothing, a BEGIN. The work of any other would be in the figure. The first ones, because the figure taken at connect
 * may be far too high on a busy machine, and then one now and again. */
static bool is_to_be_measured(struct connection *connection, const struct statement *statements, size_t count)
{
    enum { RUNS_BETWEEN = 16 };

    if (count < 2 || statements[0].reason != AR_REASON_TRANSACTION)
        return false;
    connection->run_count++;
    return connection->run_count <= ROUND_TRIPS_KEPT || connection->run_count % RUNS_BETWEEN == 0;
}

/* What was asked to be prepared goes with the connection. */
static enum ar_status give_up(const struct receipt *receipt, const struct sent *sent, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sent[i].is_new)
            drop(sent[i].prepared);
    return receipt->status;
}

static enum ar_status run_pipeline(struct connection *connection, const struct statement *statements, size_t count,
                                   struct outcome *outcomes, struct failure *failure)
{
    struct receipt receipt = {.connection = connection, .failure = failure};
    struct sent *sent;
    uint64_t started = ar_microseconds_now();
    bool is_measured = is_to_be_measured(connection, statements, count);
    size_t sent_count = 0, deallocated;

    ar_arena_reset(&connection->scratch, SCRATCH_KEPT);
    sent = ar_arena_allocate_zero(&connection->scratch, (count + 1) * sizeof *sent);
    if (sent == NULL)
        return ar_fail_no_memory(failure);
    deallocated = send_deallocations(connection);
    for (; sent_count < count && receipt.status == AR_OK; sent_count++) {
        receipt.status = send_statement(connection, statements, sent, sent_count, failure);
        /* Otherwise the answer comes together with those behind it. */
        if (is_measured && sent_count == 0)
            (void)PQsendFlushRequest(connection->server);
    }
    if (!connection->is_lost && PQpipelineSync(connection->server) != 1)
        receipt.status = fail_to_send(connection, statements, failure);
    if (connection->is_lost)
        return give_up(&receipt, sent, sent_count);
    /* The last one was not sent where it failed: its values did not fit, or there was no memory. */
    if (receipt.status != AR_OK && sent_count > 0)
        sent_count--;
    receive_deallocations(connection, deallocated);
    for (size_t i = 0; i < sent_count; i++) {
        outcomes[i].is_done = receipt.status == AR_OK;
        receive_statement(&receipt, &statements[i], &sent[i], &outcomes[i]);
        outcomes[i].status = outcomes[i].is_done ? receipt.status : AR_OK;
    }
    receive_end(&receipt, &statements[sent_count > 0 ? sent_count - 1 : 0]);
    if (sent_count > 0 && outcomes[sent_count - 1].is_done)
        outcomes[sent_count - 1].status = receipt.status;
    if (is_measured && sent_count > 0)
        connection->round_trips[connection->measured_count++ % ROUND_TRIPS_KEPT] = outcomes[0].finished - started;
    /* Otherwise the statement would fail for as long as the connection lives. */
    if (receipt.status != AR_OK && ar_pg_is_outdated(failure))
        ar_statement_cache_clear(&connection->statements);
    return receipt.status;
}

/* What a pipeline cannot do is done between two of them. */
static enum ar_status leave_pipeline(struct connection *connection, const struct statement *statement,
                                     struct failure *failure)
{
    if (PQexitPipelineMode(connection->server) == 1)
        return AR_OK;
    return ar_pg_fail(connection->server, NULL, statement, failure);
}

static void enter_pipeline(struct connection *connection)
{
    if (PQstatus(connection->server) == CONNECTION_OK)
        (void)PQenterPipelineMode(connection->server);
}

static enum ar_status run_copy(struct connection *connection, const struct statement *statement,
                               struct outcome *outcome, struct failure *failure)
{
    enum ar_status status = leave_pipeline(connection, statement, failure);

    ar_arena_reset(&connection->scratch, SCRATCH_KEPT);
    if (status == AR_OK)
        status = ar_pg_copy(connection->server, statement, &connection->scratch, outcome, failure);
    enter_pipeline(connection);
    outcome->is_done = true;
    outcome->status = status;
    outcome->finished = ar_microseconds_now();
    return status;
}

static enum ar_status postgresql_run(struct connection *connection, const struct statement *statements, size_t count,
                                     struct outcome *outcomes, struct failure *failure)
{
    enum ar_status status;

    note_running(connection, true);
    if (count == 1 && ar_pg_is_copy(statements))
        status = run_copy(connection, statements, outcomes, failure);
    else
        status = run_pipeline(connection, statements, count, outcomes, failure);
    note_running(connection, false);
    return status;
}

/* Several statements in one text need the simple protocol, which a pipeline has not. */
static enum ar_status run_simple(struct connection *connection, const char *sql, struct failure *failure)
{
    const struct statement statement = {.sql = sql};
    enum ar_status status = leave_pipeline(connection, &statement, failure);
    PGresult *result;

    if (status != AR_OK)
        return status;
    result = PQexec(connection->server, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK &&
        PQresultStatus(result) != PGRES_EMPTY_QUERY)
        status = ar_pg_fail(connection->server, result, &statement, failure);
    PQclear(result);
    /* The script may have changed what prepared statements refer to: they are prepared again. */
    ar_statement_cache_clear(&connection->statements);
    enter_pipeline(connection);
    return status;
}

static enum ar_status postgresql_run_script(struct connection *connection, const char *sql, struct failure *failure)
{
    enum ar_status status;

    note_running(connection, true);
    status = run_simple(connection, sql, failure);
    note_running(connection, false);
    return status;
}

static enum ar_status postgresql_describe(struct connection *connection, const struct statement *statement,
                                          const char **out, struct failure *failure)
{
    const struct prepared *prepared =
        ar_statement_cache_find(&connection->statements, statement->sql, statement->is_constant);

    (void)failure;
    *out = goes_by_rows(statement, prepared) ? "one by one as they come" : "all at once";
    return AR_OK;
}

static const char *postgresql_pick(const struct ar_sql *sql)
{
    return sql->postgresql;
}

const struct driver ar_driver_postgresql = {
    .connect = postgresql_connect,
    .disconnect = postgresql_disconnect,
    .run = postgresql_run,
    .run_script = postgresql_run_script,
    .in_transaction = postgresql_in_transaction,
    .is_usable = postgresql_is_usable,
    .round_trip = postgresql_round_trip,
    .interrupt = postgresql_interrupt,
    .describe = postgresql_describe,
    .pick = postgresql_pick,
    .value = ar_pg_value,
    .read = ar_pg_read,
    .dialect =
        {
            .begin_write = "BEGIN",
            .begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            .position = "SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
                        " WHEN current_setting('synchronous_commit') = 'off' THEN pg_current_wal_insert_lsn()"
                        " ELSE pg_current_wal_lsn() END - '0/0'::pg_lsn)::bigint, pg_is_in_recovery()",
            .has_arrays = true,
            .sorts_null_last = true,
        },
};
