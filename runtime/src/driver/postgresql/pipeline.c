/* Runs of statements in pipeline mode: all are sent before the first answer is awaited, so that a run takes one round
 * trip (https://www.postgresql.org/docs/15/libpq-pipeline-mode.html).
 *
 * What is sent, in this order, and answered in the same order:
 *
 *     housekeeping   closing of evicted statements, the session's timeout; each with its own sync point (connect.c)
 *     settings       through a pooler, before the first statement of each transaction, for this transaction
 *     statements     for each: Parse, unless it is prepared; Bind, Execute
 *     sync point     ends the run; outside a transaction, the statements commit here together
 *
 * If a statement fails, the server skips the following ones; their answers are still received, because the connection
 * is used again. If sending or receiving stops in the middle, answers of this run would be taken for those of the next
 * one: the connection is marked as lost and never used again.
 *
 * Prepared statements. A statement is prepared under a name when it first runs. The cache maps SQL strings to names; it
 * receives a name only once the server has confirmed it. An evicted name is deallocated with the next run. With
 * no_named_statements, every statement is sent unnamed, because the next transaction may run in another server process.
 *
 * Poolers. The next transaction of a pooled connection may run in another server process, and other clients use this
 * one between. A pooler that knows named statements maps the names of each client to statements of the server, by their
 * SQL. Settings are made by set_config(…, true), which lasts until the end of the transaction, also of the one that the
 * server begins for statements outside of a transaction. It takes a snapshot, and therefore does not follow BEGIN at
 * once, but precedes the first statement.
 *
 * Outdated statements. If a table was altered after a statement on it was prepared, the server refuses to run it. All
 * prepared statements are then dropped. driver.c repeats a run that had no effect; the layers above repeat what the
 * runtime began itself (ar_run_may_repeat). The caller's own transaction is aborted: AR_BUSY, to be run again. A pooler
 * keeps the outdated statement, and uses it for the same SQL: the next run is unnamed, and later ones are prepared with
 * a number in front of the SQL.
 *
 * Rows. libpq collects the rows of a result before it returns them, or returns parts of the result as they arrive
 * (libpq.h); parts.c chooses. */
#include "driver/postgresql/pipeline.h"
#include "driver/by_name.h"

#include "base/arena_text.h"
#include "base/clock.h"
#include "driver/postgresql/connect.h"
#include "driver/postgresql/error.h"
#include "driver/postgresql/parameters.h"
#include "driver/postgresql/row.h"
#include "driver/postgresql/wait.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One statement of a run that was sent. */
struct sent {
    struct prepared *prepared; /* NULL: an unnamed statement */
    const char *key;           /* of the prepared statement in the cache */
    bool is_constant;          /* the key is the SQL, and constant */
    bool is_new;               /* this run also prepares it */
};

/* ---- Sending ----------------------------------------------------------------------------------------------------- */

/* Find a prepared statement in the cache, or among those that earlier statements of this run create. */
static struct prepared *find_prepared(struct connection *connection, const struct sent *sent, size_t count,
                                      const char *key, bool is_constant)
{
    struct prepared *prepared = ar_statement_cache_find(&connection->statements, key, is_constant);

    for (size_t i = 0; i < count && prepared == NULL; i++)
        if (sent[i].is_new && strcmp(sent[i].key, key) == 0)
            prepared = sent[i].prepared;
    return prepared;
}

static bool has_types(const struct prepared *prepared, const struct encoded *encoded)
{
    return prepared->type_count == encoded->count &&
           memcmp(prepared->types, encoded->oids, (size_t)encoded->count * sizeof(Oid)) == 0;
}

/* Return the key of a statement whose SQL was prepared for parameters of other types: the types precede the SQL. NULL:
 * out of memory. */
static const char *make_key(struct connection *connection, const char *sql, const struct encoded *encoded)
{
    struct arena_text key = {.arena = &connection->scratch};
    char type[16];

    for (int i = 0; i < encoded->count; i++) {
        (void)snprintf(type, sizeof type, "%u ", encoded->oids[i]);
        ar_arena_text_add(&key, type, NULL);
    }
    ar_arena_text_add(&key, sql, NULL);
    return key.out_of_memory ? NULL : key.data;
}

/* Return the SQL to prepare, which differs from that of outdated statements in the pooler. NULL: out of memory. */
static const char *sql_to_prepare(struct connection *connection, const char *sql)
{
    struct arena_text text = {.arena = &connection->scratch};
    char number[24];

    if (connection->generation == 0)
        return sql;
    (void)snprintf(number, sizeof number, "/*%u*/ ", connection->generation);
    ar_arena_text_add(&text, number, sql, NULL);
    return text.out_of_memory ? NULL : text.data;
}

/* Have the server prepare the statement. */
static enum ar_status prepare(struct connection *connection, const struct statement *statement, struct sent *sent,
                              const struct encoded *encoded, struct failure *failure)
{
    size_t types_size = (size_t)encoded->count * sizeof(Oid);
    struct prepared *prepared = malloc(sizeof *prepared + types_size);
    const char *sql = sql_to_prepare(connection, statement->sql);

    if (prepared == NULL)
        return ar_fail_no_memory(failure);
    *prepared =
        (struct prepared){.connection = connection, .history.rows_size = SIZE_MAX, .type_count = encoded->count};
    memcpy(prepared->types, encoded->oids, types_size);
    (void)snprintf(prepared->name, sizeof prepared->name, "armature_%u", ++connection->last_number);
    sent->prepared = prepared;
    sent->is_new = true;
    if (sql != NULL && PQsendPrepare(connection->server, prepared->name, sql, encoded->count, encoded->oids) == 1)
        return AR_OK;
    return ar_pg_fail_to_send(connection, statement, failure);
}

/* Find the prepared statement, or prepare it. The same SQL may have parameters of other types: values that are only
 * known at run time, and arguments of another AR_SQL. */
static enum ar_status name_statement(struct connection *connection, const struct statement *statements,
                                     struct sent *sent, size_t i, const struct encoded *encoded,
                                     struct failure *failure)
{
    const char *sql = statements[i].sql;

    sent[i] = (struct sent){.key = sql, .is_constant = statements[i].is_constant};
    sent[i].prepared = find_prepared(connection, sent, i, sql, sent[i].is_constant);
    if (sent[i].prepared != NULL && !has_types(sent[i].prepared, encoded)) {
        sent[i] = (struct sent){.key = make_key(connection, sql, encoded)};
        if (sent[i].key == NULL)
            return ar_fail_no_memory(failure);
        sent[i].prepared = find_prepared(connection, sent, i, sent[i].key, false);
    }
    if (sent[i].prepared != NULL)
        return AR_OK;
    return prepare(connection, &statements[i], &sent[i], encoded, failure);
}

static enum ar_status send_statement(struct connection *connection, const struct statement *statements,
                                     struct sent *sent, size_t i, struct failure *failure)
{
    struct encoded encoded;
    enum ar_status status = ar_pg_encode_parameters(&statements[i], &connection->scratch, &encoded, failure);
    int is_sent;

    sent[i] = (struct sent){.prepared = NULL};
    if (status != AR_OK)
        return status;
    if (connection->no_named_statements || connection->is_unnamed) {
        is_sent = PQsendQueryParams(connection->server, statements[i].sql, encoded.count, encoded.oids, encoded.data,
                                    encoded.lengths, encoded.formats, 1);
    } else {
        status = name_statement(connection, statements, sent, i, &encoded, failure);
        if (status != AR_OK)
            return status;
        is_sent = PQsendQueryPrepared(connection->server, sent[i].prepared->name, encoded.count, encoded.data,
                                      encoded.lengths, encoded.formats, 1);
    }
    return is_sent == 1 ? AR_OK : ar_pg_fail_to_send(connection, &statements[i], failure);
}

/* Return true if the statement begins or ends a transaction. */
static bool is_boundary(const struct statement *statement)
{
    return statement->reason == AR_REASON_TRANSACTION &&
           (strncmp(statement->sql, "BEGIN", strlen("BEGIN")) == 0 || strcmp(statement->sql, "COMMIT") == 0 ||
            strcmp(statement->sql, "ROLLBACK") == 0);
}

/* Settings that are sent with a run. */
struct sent_settings {
    struct statement statement;
    struct sent sent;
    struct outcome outcome;
    size_t before; /* the number of the statement that they precede; SIZE_MAX: none */
};

/* Send the settings before a statement that needs them. */
static enum ar_status send_settings(struct connection *connection, const struct statement *statements, size_t i,
                                    struct sent_settings *settings, struct failure *failure)
{
    const char *sql = ar_pg_missing_settings(connection);
    enum ar_status status;

    if (sql == NULL || is_boundary(&statements[i]))
        return AR_OK;
    settings->statement = (struct statement){.sql = sql, .reason = AR_REASON_TRANSACTION};
    status = send_statement(connection, &settings->statement, &settings->sent, 0, failure);
    if (status != AR_OK)
        return status;
    settings->before = i;
    connection->has_settings = true;
    return AR_OK;
}

/* ---- Receiving --------------------------------------------------------------------------------------------------- */

/* The progress of a run's answers. */
struct receipt {
    struct connection *connection;
    struct failure *failure;
    enum ar_status status; /* the first failure; later results are received and ignored */
    bool is_outdated;      /* a statement failed because its table was altered after it was prepared */
    size_t rows_size;      /* memory of the last command's rows in libpq, in bytes */
};

/* The types of a statement's columns: one array for all parts of a result. */
struct columns {
    int count;
    Oid *types;    /* NULL before the first row */
    uint16_t *map; /* of user SQL whose columns are in another order than the model's; else NULL */
    const struct row_methods *methods;
    bool is_ended; /* the last row was received */
};

/* The server violates the protocol: nothing more can be trusted on this connection. */
static enum ar_status fail_protocol(struct receipt *receipt, const struct statement *statement)
{
    receipt->connection->is_lost = true;
    ar_fail(receipt->failure, AR_UNAVAILABLE, statement->model, NULL,
            "the server sent an answer that does not match the statement: the connection is closed");
    ar_failure_add_sql(receipt->failure, statement->sql);
    receipt->failure->is_unanswered = true;
    return AR_UNAVAILABLE;
}

static const char *column_name(const void *result, int number)
{
    return PQfname(result, number);
}

/* Match the columns of user SQL with those of its model. */
static enum ar_status map_columns(const PGresult *result, struct receipt *receipt, const struct statement *statement,
                                  struct columns *out)
{
    const struct ar_model *model = statement->model;
    const struct result_columns columns = {result, out->count, column_name};
    uint16_t *map = ar_arena_allocate(&receipt->connection->scratch, model->column_count * sizeof *map);
    const struct ar_column *missing;

    if (map == NULL)
        return ar_fail_no_memory(receipt->failure);
    missing = ar_match_columns(&columns, model, map);
    if (missing != NULL)
        return ar_fail_no_column(receipt->failure, missing, statement->sql);
    if (ar_columns_are_in_order(model, map))
        return AR_OK;
    out->map = map;
    out->methods = &ar_pg_mapped_row_methods;
    return AR_OK;
}

/* Binary values were requested; text cannot be read. */
static enum ar_status find_columns(const PGresult *result, struct receipt *receipt, const struct statement *statement,
                                   struct columns *out)
{
    struct arena *scratch = &receipt->connection->scratch;

    out->count = PQnfields(result);
    out->methods = &ar_pg_row_methods;
    out->types = ar_arena_allocate(scratch, ((size_t)out->count + 1) * sizeof *out->types);
    if (out->types == NULL)
        return ar_fail_no_memory(receipt->failure);
    for (int i = 0; i < out->count; i++) {
        out->types[i] = PQftype(result, i);
        if (PQfformat(result, i) != 1)
            return fail_protocol(receipt, statement);
    }
    return statement->is_by_name && statement->on_row != NULL ? map_columns(result, receipt, statement, out) : AR_OK;
}

/* Return the memory of a result in libpq, or that of all single rows if they were one result: one row in sixteen is
 * measured. */
static size_t size_of_rows(const struct pg_row *first, uint64_t rows_before, int row_count)
{
    enum { MEASURED = 16 };

    if (row_count != 1)
        return PQresultMemorySize(first->result);
    return rows_before % MEASURED == 0 ? MEASURED * ar_pg_row_size(first) : 0;
}

/* Deliver the rows of one result to the statement's callback. */
static enum ar_status deliver_rows(struct receipt *receipt, const PGresult *result, const struct statement *statement,
                                   const struct columns *columns, struct outcome *outcome)
{
    int row_count = PQntuples(result);
    struct pg_row row = {
        .base = {columns->methods},
        .result = result,
        .types = columns->types,
        .map = columns->map,
        .column_count = columns->count,
    };
    enum ar_status status = AR_OK;

    receipt->rows_size += size_of_rows(&row, outcome->rows, row_count);
    outcome->rows += (uint64_t)row_count;
    for (; row.number < row_count && statement->on_row != NULL && status == AR_OK; row.number++)
        status = statement->on_row(statement->payload, &row.base);
    return status;
}

/* Return the number of rows that a command changed; SELECT reports those that it returned. */
static uint64_t count_changes(const PGresult *result)
{
    PGresult *tuples = (PGresult *)(uintptr_t)result; /* libpq does not change it */

    return strncmp(PQcmdStatus(tuples), "SELECT", strlen("SELECT")) != 0 ? strtoull(PQcmdTuples(tuples), NULL, 10) : 0;
}

/* Process one result. */
static void receive_result(struct receipt *receipt, const PGresult *result, const struct statement *statement,
                           struct columns *columns, struct outcome *outcome)
{
    ExecStatusType kind = PQresultStatus(result);

    switch (kind) {
    case (ExecStatusType)AR_PG_PART:
    case PGRES_TUPLES_OK:
        /* A second result could have different columns. */
        if (receipt->status == AR_OK && columns->is_ended)
            receipt->status = fail_protocol(receipt, statement);
        columns->is_ended = kind == PGRES_TUPLES_OK;
        if (receipt->status == AR_OK && columns->types == NULL)
            receipt->status = find_columns(result, receipt, statement, columns);
        if (receipt->status == AR_OK)
            receipt->status = deliver_rows(receipt, result, statement, columns, outcome);
        if (kind != PGRES_TUPLES_OK)
            break;
        __attribute__((fallthrough));
    case PGRES_COMMAND_OK:
        outcome->changes = count_changes(result);
        if (receipt->status == AR_OK)
            receipt->status = ar_pg_check_commit(result, statement, receipt->failure);
        break;
    case PGRES_PIPELINE_ABORTED:
        break;
    case PGRES_EMPTY_QUERY:
        if (receipt->status == AR_OK)
            receipt->status =
                ar_fail(receipt->failure, AR_DATABASE, statement->model, NULL, "the SQL has no statement");
        break;
    case PGRES_FATAL_ERROR:
        if (receipt->status == AR_OK)
            receipt->status = ar_pg_fail(receipt->connection, result, statement, receipt->failure);
        break;
    default: /* for example the start of a COPY, which libpq would return forever */
        receipt->connection->is_lost = true;
        if (receipt->status == AR_OK)
            receipt->status = fail_protocol(receipt, statement);
    }
}

/* Receive the results of one command, up to the NULL that ends them. Return false if the connection is lost. */
static bool receive_command(struct receipt *receipt, const struct statement *statement, struct outcome *outcome)
{
    struct connection *connection = receipt->connection;
    struct columns columns = {.types = NULL};
    PGresult *result;

    receipt->rows_size = 0;
    while ((result = ar_pg_take_result(connection)) != NULL) {
        receive_result(receipt, result, statement, &columns, outcome);
        PQclear(result);
        if (!ar_pg_is_connected(connection))
            break;
    }
    if (ar_pg_is_connected(connection))
        return true;
    if (receipt->status == AR_OK)
        receipt->status = ar_pg_fail(connection, NULL, statement, receipt->failure);
    return false;
}

/* Approximate memory that the server uses for a statement and its plan. */
enum { PREPARED_SIZE = 16 << 10 };

/* Receive the answer to PREPARE. A prepared statement stays prepared even if the run fails. */
static void keep_prepared(struct receipt *receipt, const struct statement *statement, struct sent *sent)
{
    enum ar_status before = receipt->status;
    struct outcome ignored = {.rows = 0};
    bool is_there = receive_command(receipt, statement, &ignored);

    if (is_there && before == AR_OK && receipt->status == AR_OK &&
        ar_statement_cache_add(&receipt->connection->statements, sent->key, sent->is_constant, sent->prepared,
                               PREPARED_SIZE))
        return;
    /* It may or may not exist on the server: do not use it again, and deallocate it. */
    ar_pg_drop(sent->prepared);
}

bool ar_pg_takes_parts(const struct statement *statement, const struct prepared *prepared)
{
    if (statement->on_row == NULL || statement->column_count == 0 || statement->is_single)
        return false;
    return prepared == NULL || ar_pg_prefers_parts(&prepared->history);
}

/* Receive the rows of a statement, or its failure. */
static void receive_rows(struct receipt *receipt, const struct statement *statement, struct prepared *prepared,
                         struct outcome *outcome)
{
    const struct part_history *history = prepared != NULL ? &prepared->history : NULL;
    struct received received = {.in_parts = ar_pg_takes_parts(statement, prepared)};
    uint64_t started = history != NULL && ar_pg_measures_parts(history) ? ar_monotonic_clock(NULL) : 0;

    if (received.in_parts)
        (void)ar_pg_take_parts(receipt->connection->server, ar_pg_rows_of_part(history));
    (void)receive_command(receipt, statement, outcome);
    outcome->finished = ar_monotonic_clock(NULL);
    if (prepared == NULL)
        return;
    received.row_count = outcome->rows;
    received.rows_size = receipt->rows_size;
    received.nanoseconds = outcome->finished - started;
    ar_pg_note_received(&prepared->history, &received);
}

static void receive_statement(struct receipt *receipt, const struct statement *statement, struct sent *sent,
                              struct outcome *outcome)
{
    struct connection *connection = receipt->connection;
    enum ar_status before = receipt->status;

    if (sent->is_new)
        keep_prepared(receipt, statement, sent);
    if (receipt->status == AR_OK && statement->before_rows != NULL)
        receipt->status = statement->before_rows(statement->payload);
    receive_rows(receipt, statement, sent->prepared, outcome);
    receipt->is_outdated |=
        before == AR_OK && receipt->status != AR_OK && receipt->failure->is_outdated &&
        (!sent->is_new || connection->is_pooled); /* the pooler may have prepared it for another client */
    if (receipt->status != AR_OK || statement->after_rows == NULL)
        return;
    receipt->status = statement->after_rows(statement->payload);
    outcome->finished = ar_monotonic_clock(NULL);
}

/* Receive the answers to all statements, and to the settings before one of them. */
static void receive_statements(struct receipt *receipt, const struct statement *statements, struct sent *sent,
                               size_t count, struct sent_settings *settings, struct outcome *outcomes)
{
    for (size_t i = 0; i < count; i++) {
        if (i == settings->before)
            receive_statement(receipt, &settings->statement, &settings->sent, &settings->outcome);
        outcomes[i].is_done = receipt->status == AR_OK;
        receive_statement(receipt, &statements[i], &sent[i], &outcomes[i]);
        outcomes[i].status = outcomes[i].is_done ? receipt->status : AR_OK;
    }
    if (settings->before == count) /* the statement after them could not be sent */
        receive_statement(receipt, &settings->statement, &settings->sent, &settings->outcome);
}

static bool is_commit(const struct statement *statement)
{
    return statement->reason == AR_REASON_TRANSACTION && strcmp(statement->sql, "COMMIT") == 0;
}

/* Receive the end of the pipeline. It may fail as well: it commits what statements outside a transaction wrote, and
 * deferred constraints are checked then. */
static void receive_end(struct receipt *receipt, const struct statement *last)
{
    struct connection *connection = receipt->connection;
    ExecStatusType kind = PGRES_FATAL_ERROR;

    /* An error is followed by a NULL, and that by the end. */
    for (int nulls = 0; nulls < 2 && kind == PGRES_FATAL_ERROR && ar_pg_is_connected(connection);) {
        PGresult *result = ar_pg_take_result(connection);
        if (result == NULL)
            nulls++;
        else
            kind = PQresultStatus(result);
        if (result != NULL && kind != PGRES_PIPELINE_SYNC && receipt->status == AR_OK && !is_commit(last))
            receipt->status = ar_pg_fail(connection, result, last, receipt->failure);
        PQclear(result);
    }
    if (kind == PGRES_PIPELINE_SYNC)
        return;
    connection->is_lost = true;
    /* A transaction whose COMMIT was confirmed is committed. */
    if (receipt->status != AR_OK || is_commit(last))
        return;
    receipt->status = ar_pg_fail(connection, NULL, last, receipt->failure);
}

/* ---- A run ------------------------------------------------------------------------------------------------------- */

/* Return true if this run measures the time of a round trip. Only a run that begins with BEGIN can, because BEGIN costs
 * the server nothing; the time of any other statement would be included. Measure the first few, because the first
 * measurement may be far too high on a busy machine, then one in sixteen. */
static bool measures_round_trip(struct connection *connection, const struct statement *statements, size_t count)
{
    enum { RUNS_BETWEEN = 16 };

    if (count < 2 || statements[0].reason != AR_REASON_TRANSACTION)
        return false;
    connection->run_count++;
    return connection->run_count <= ROUND_TRIPS_KEPT || connection->run_count % RUNS_BETWEEN == 0;
}

/* The connection is lost, and with it what this run prepared. */
static enum ar_status give_up(const struct receipt *receipt, const struct sent *sent, size_t count,
                              const struct sent_settings *settings)
{
    if (settings->sent.is_new)
        ar_pg_drop(settings->sent.prepared);
    for (size_t i = 0; i < count; i++)
        if (sent[i].is_new)
            ar_pg_drop(sent[i].prepared);
    return receipt->status;
}

/* Drop all prepared statements, or this one would fail as long as the connection is open. Inside a transaction the
 * statement cannot be repeated: the server has aborted the transaction. */
static enum ar_status note_outdated(struct connection *connection, struct failure *failure, enum ar_status status)
{
    ar_statement_cache_clear(&connection->statements);
    connection->is_unnamed = connection->is_pooled;
    connection->generation += connection->is_pooled;
    return ar_pg_in_transaction(connection) ? ar_pg_fail_outdated(failure) : status;
}

enum ar_status ar_pg_run_pipeline(struct connection *connection, const struct statement *statements, size_t count,
                                  struct outcome *outcomes, struct failure *failure)
{
    struct receipt receipt = {.connection = connection, .failure = failure};
    struct sent_settings settings = {.before = SIZE_MAX};
    struct sent *sent;
    uint64_t started = ar_monotonic_clock(NULL);
    bool is_measured = measures_round_trip(connection, statements, count);
    size_t sent_count = 0, housekeeping_count;

    ar_arena_reset(&connection->scratch, SCRATCH_KEPT);
    sent = ar_arena_allocate_zero(&connection->scratch, (count + 1) * sizeof *sent);
    if (sent == NULL)
        return ar_fail_no_memory(failure);
    housekeeping_count = ar_pg_send_housekeeping(connection);
    if (connection->is_lost)
        return ar_pg_fail_to_send(connection, statements, failure);
    for (; sent_count < count && receipt.status == AR_OK; sent_count++) {
        receipt.status = send_settings(connection, statements, sent_count, &settings, failure);
        if (receipt.status == AR_OK)
            receipt.status = send_statement(connection, statements, sent, sent_count, failure);
        /* Otherwise the server sends the answer together with the following ones. */
        if (is_measured && sent_count == 0)
            (void)PQsendFlushRequest(connection->server);
    }
    if (!connection->is_lost && PQpipelineSync(connection->server) != 1)
        receipt.status = ar_pg_fail_to_send(connection, statements, failure);
    if (connection->is_lost)
        return give_up(&receipt, sent, sent_count, &settings);
    /* On failure the last one was not sent: a value was refused, or there was no memory. */
    if (receipt.status != AR_OK && sent_count > 0)
        sent_count--;
    ar_pg_receive_housekeeping(connection, housekeeping_count);
    receive_statements(&receipt, statements, sent, sent_count, &settings, outcomes);
    receive_end(&receipt, &statements[sent_count > 0 ? sent_count - 1 : 0]);
    if (sent_count > 0 && outcomes[sent_count - 1].is_done)
        outcomes[sent_count - 1].status = receipt.status;
    if (is_measured && sent_count > 0)
        connection->round_trips[connection->measured_count++ % ROUND_TRIPS_KEPT] =
            (outcomes[0].finished - started) / 1000;
    if (receipt.status == AR_OK)
        connection->is_unnamed = false;
    if (receipt.is_outdated)
        receipt.status = note_outdated(connection, failure, receipt.status);
    return receipt.status;
}

enum ar_status ar_pg_leave_pipeline(struct connection *connection, const struct statement *statement,
                                    struct failure *failure)
{
    enum ar_status status;

    if (PQexitPipelineMode(connection->server) == 1)
        return AR_OK;
    status = ar_pg_fail(connection, NULL, statement, failure);
    failure->is_unanswered = false;
    return status;
}

void ar_pg_enter_pipeline(struct connection *connection)
{
    if (ar_pg_is_connected(connection))
        (void)PQenterPipelineMode(connection->server);
}
