/* The PostgreSQL driver. Statements are sent in a pipeline, so that several take one round trip
 * (https://www.postgresql.org/docs/15/libpq-pipeline-mode.html). Values are transferred in binary form. */
#include "driver/driver.h"

#include "base/clock.h"
#include "driver/postgresql/connection.h"
#include "driver/postgresql/copy.h"
#include "driver/postgresql/error.h"
#include "driver/postgresql/row.h"
#include "driver/postgresql/rules.h"
#include "driver/postgresql/value.h"
#include "driver/postgresql/wait.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One statement of a run, on its way. */
struct sent {
    struct prepared *prepared; /* NULL: it goes without a name */
    bool is_new;               /* the server is asked to prepare it before */
};

/* ---- Sending ----------------------------------------------------------------------------------------------------- */

/* The parameters of one statement, as libpq takes them. */
struct encoded {
    int count;
    Oid *oids;
    const char **data;
    int *lengths;
    int *formats;
    size_t size; /* of all values */
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

static enum ar_status refuse_size(const struct statement *statement, const struct ar_column *column, size_t place,
                                  struct failure *failure)
{
    ar_fail(failure, AR_INVALID, statement->model, column,
            "%s%s%s%sparameter %zu is too large: PostgreSQL accepts less than 1 GB per statement",
            column != NULL ? column->model->name : "", column != NULL ? "." : "", column != NULL ? column->field : "",
            column != NULL ? ": " : "", place + 1);
    ar_failure_add_sql(failure, statement->sql);
    return AR_INVALID;
}

/* The values are too large in total: name the largest one. */
static enum ar_status refuse_sizes(const struct statement *statement, const struct encoded *encoded,
                                   struct failure *failure)
{
    const struct ar_column *column = NULL;
    size_t largest = 0, place = 0;

    for (int i = 1; i < encoded->count; i++)
        if (encoded->lengths[i] > encoded->lengths[largest])
            largest = (size_t)i;
    for (size_t i = 0; i < statement->parameter_count && place <= largest; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        column = parameter->column;
        place += parameter->keys != NULL ? parameter->keys->column_count : 1;
    }
    return refuse_size(statement, column, largest, failure);
}

static enum ar_status add_parameter(struct encoded *encoded, const struct statement *statement,
                                    const struct ar_column *column, const struct pg_parameter *parameter,
                                    enum pg_encoding encoding, struct failure *failure)
{
    enum { FRAME = 6 }; /* bytes of overhead per value */
    int place = encoded->count;

    if (encoding == PG_NO_MEMORY)
        return ar_fail_no_memory(failure);
    if (encoding == PG_OUT_OF_RANGE)
        return refuse_value(statement, column, (size_t)place, failure);
    if (encoding == PG_TOO_LARGE)
        return refuse_size(statement, column, (size_t)place, failure);
    encoded->oids[place] = parameter->oid;
    encoded->data[place] = parameter->data;
    encoded->lengths[place] = parameter->length;
    encoded->formats[place] = parameter->oid != 0;
    encoded->size += FRAME + (size_t)parameter->length;
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
    if (status == AR_OK && out->size > AR_PG_MESSAGE_MAX)
        status = refuse_sizes(statement, out, failure);
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
    return ar_pg_fail_to_send(connection, &statements[i], failure);
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
    return is_sent == 1 ? AR_OK : ar_pg_fail_to_send(connection, &statements[i], failure);
}

/* ---- Receiving --------------------------------------------------------------------------------------------------- */

/* What has come of a run. */
struct receipt {
    struct connection *connection;
    struct failure *failure;
    enum ar_status status; /* the first failure; what comes behind it is only taken off the wire */
    bool is_outdated;      /* a statement failed because its table was altered after it was prepared */
    size_t rows_size;      /* bytes that the rows of the last command had in libpq's memory */
};

/* The types of a statement's columns: one array for all rows, each of which may come as a result of its own. */
struct columns {
    int count;
    Oid *types;    /* NULL before the first row */
    bool is_ended; /* the last row was received */
};

/* The server violates the protocol: nothing more can be trusted on this connection. */
static enum ar_status fail_protocol(struct receipt *receipt, const struct statement *statement)
{
    receipt->connection->is_lost = true;
    ar_fail(receipt->failure, AR_UNAVAILABLE, statement->model, NULL,
            "the server sent an answer that does not match the statement: the connection is closed");
    ar_failure_add_sql(receipt->failure, statement->sql);
    return AR_UNAVAILABLE;
}

/* Binary values were requested; text cannot be read. */
static enum ar_status find_columns(const PGresult *result, struct receipt *receipt, const struct statement *statement,
                                   struct columns *out)
{
    struct arena *scratch = &receipt->connection->scratch;

    out->count = PQnfields(result);
    out->types = ar_arena_allocate(scratch, ((size_t)out->count + 1) * sizeof *out->types);
    if (out->types == NULL)
        return ar_fail_no_memory(receipt->failure);
    for (int i = 0; i < out->count; i++) {
        out->types[i] = PQftype(result, i);
        if (PQfformat(result, i) != 1)
            return fail_protocol(receipt, statement);
    }
    return AR_OK;
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

/* Hands the rows of one result to the statement. */
static enum ar_status take_rows(struct receipt *receipt, const PGresult *result, const struct statement *statement,
                                const struct columns *columns, struct outcome *outcome)
{
    struct pg_row row = {
        .base = {&ar_pg_rows}, .result = result, .types = columns->types, .column_count = columns->count};
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
        /* A second result could have different columns. */
        if (receipt->status == AR_OK && columns->is_ended)
            receipt->status = fail_protocol(receipt, statement);
        columns->is_ended = kind == PGRES_TUPLES_OK;
        if (receipt->status == AR_OK && columns->types == NULL)
            receipt->status = find_columns(result, receipt, statement, columns);
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

/* Takes the results of one command off the wire, up to the NULL that ends them. False: the connection is gone. */
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

/* A statement that the server has prepared stays prepared, whatever becomes of the run. */
static void keep_prepared(struct receipt *receipt, const struct statement *statement, struct sent *sent)
{
    enum ar_status before = receipt->status;
    struct outcome ignored = {.rows = 0};
    bool is_there = receive_command(receipt, statement, &ignored);

    if (is_there && before == AR_OK && receipt->status == AR_OK &&
        ar_statement_cache_add(&receipt->connection->statements, statement->sql, statement->is_constant, sent->prepared,
                               PREPARED_SIZE))
        return;
    /* It may be there or not: it gets no second use, and the server is told to forget it. */
    ar_pg_drop(sent->prepared);
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
    struct connection *connection = receipt->connection;
    enum ar_status before = receipt->status;

    if (sent->is_new)
        keep_prepared(receipt, statement, sent);
    if (receipt->status == AR_OK && statement->before_rows != NULL)
        receipt->status = statement->before_rows(statement->payload);
    if (goes_by_rows(statement, sent->prepared))
        (void)PQsetSingleRowMode(connection->server);
    (void)receive_command(receipt, statement, outcome);
    receipt->is_outdated |=
        before == AR_OK && receipt->status != AR_OK && !sent->is_new && receipt->failure->is_outdated;
    if (sent->prepared != NULL)
        sent->prepared->rows_size = receipt->rows_size;
    if (receipt->status == AR_OK && statement->after_rows != NULL)
        receipt->status = statement->after_rows(statement->payload);
    outcome->finished = ar_microseconds_now();
}

/* Takes the end of the pipeline. It may fail as well: what a statement outside a transaction wrote is committed with
 * it, and deferred constraints are checked then. */
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
        if (result != NULL && kind != PGRES_PIPELINE_SYNC && receipt->status == AR_OK)
            receipt->status = ar_pg_fail(connection, result, last, receipt->failure);
        PQclear(result);
    }
    if (kind == PGRES_PIPELINE_SYNC)
        return;
    if (receipt->status == AR_OK)
        receipt->status = ar_pg_fail(connection, NULL, last, receipt->failure);
    connection->is_lost = true;
}

/* ---- A run ------------------------------------------------------------------------------------------------------- */

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
            ar_pg_drop(sent[i].prepared);
    return receipt->status;
}

/* Prepare statements again, or this one would fail as long as the connection is open. In a transaction this is too
 * late: the server has aborted it. */
static enum ar_status note_outdated(struct connection *connection, struct failure *failure, enum ar_status status)
{
    ar_statement_cache_clear(&connection->statements);
    return ar_pg_in_transaction(connection) ? ar_pg_fail_outdated(failure) : status;
}

static enum ar_status run_pipeline(struct connection *connection, const struct statement *statements, size_t count,
                                   struct outcome *outcomes, struct failure *failure)
{
    struct receipt receipt = {.connection = connection, .failure = failure};
    struct sent *sent;
    uint64_t started = ar_microseconds_now();
    bool is_measured = is_to_be_measured(connection, statements, count);
    size_t sent_count = 0, errands;

    ar_arena_reset(&connection->scratch, SCRATCH_KEPT);
    sent = ar_arena_allocate_zero(&connection->scratch, (count + 1) * sizeof *sent);
    if (sent == NULL)
        return ar_fail_no_memory(failure);
    errands = ar_pg_send_errands(connection);
    for (; sent_count < count && receipt.status == AR_OK; sent_count++) {
        receipt.status = send_statement(connection, statements, sent, sent_count, failure);
        /* Otherwise the answer comes together with those behind it. */
        if (is_measured && sent_count == 0)
            (void)PQsendFlushRequest(connection->server);
    }
    if (!connection->is_lost && PQpipelineSync(connection->server) != 1)
        receipt.status = ar_pg_fail_to_send(connection, statements, failure);
    if (connection->is_lost)
        return give_up(&receipt, sent, sent_count);
    /* The last one was not sent where it failed: its values did not fit, or there was no memory. */
    if (receipt.status != AR_OK && sent_count > 0)
        sent_count--;
    ar_pg_receive_errands(connection, errands);
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
    if (receipt.is_outdated)
        receipt.status = note_outdated(connection, failure, receipt.status);
    return receipt.status;
}

/* What a pipeline cannot do is done between two of them. */
static enum ar_status leave_pipeline(struct connection *connection, const struct statement *statement,
                                     struct failure *failure)
{
    if (PQexitPipelineMode(connection->server) == 1)
        return AR_OK;
    return ar_pg_fail(connection, NULL, statement, failure);
}

static void enter_pipeline(struct connection *connection)
{
    if (ar_pg_is_connected(connection))
        (void)PQenterPipelineMode(connection->server);
}

static enum ar_status run_copy(struct connection *connection, const struct statement *statement,
                               struct outcome *outcome, struct failure *failure)
{
    enum ar_status status = leave_pipeline(connection, statement, failure);

    ar_arena_reset(&connection->scratch, SCRATCH_KEPT);
    if (status == AR_OK)
        status = ar_pg_copy(connection, statement, outcome, failure);
    enter_pipeline(connection);
    outcome->is_done = true;
    outcome->status = status;
    outcome->finished = ar_microseconds_now();
    return status;
}

/* Return true if the run had no effect and its first statement only has to be prepared again. */
static bool may_run_again(const struct connection *connection, const struct outcome *outcomes,
                          const struct failure *failure)
{
    return failure->is_outdated && outcomes[0].status != AR_OK &&
           PQtransactionStatus(connection->server) == PQTRANS_IDLE;
}

static enum ar_status postgresql_run(struct connection *connection, const struct statement *statements, size_t count,
                                     struct outcome *outcomes, struct failure *failure)
{
    enum ar_status status;

    /* What is left on the wire would be taken for the answer. */
    if (connection->is_lost)
        return ar_pg_fail(connection, NULL, statements, failure);
    ar_pg_note_running(connection, true);
    if (count == 1 && ar_pg_is_copy(statements))
        status = run_copy(connection, statements, outcomes, failure);
    else
        status = run_pipeline(connection, statements, count, outcomes, failure);
    if (status != AR_OK && may_run_again(connection, outcomes, failure)) {
        memset(outcomes, 0, count * sizeof *outcomes);
        status = run_pipeline(connection, statements, count, outcomes, failure);
    }
    ar_pg_note_running(connection, false);
    return status;
}

/* A script has no way to send or receive rows of a COPY: close the connection in the middle of it. */
static enum ar_status refuse_copy(struct connection *connection, const struct statement *statement,
                                  struct failure *failure)
{
    connection->is_lost = true;
    ar_fail(failure, AR_MISUSE, NULL, NULL, "ar_execute cannot run COPY FROM STDIN or TO STDOUT: use insert_many");
    ar_failure_add_sql(failure, statement->sql);
    return AR_MISUSE;
}

static enum ar_status take_script_result(struct connection *connection, const PGresult *result,
                                         const struct statement *statement, struct failure *failure)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
        return AR_OK;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        return refuse_copy(connection, statement, failure);
    default:
        return ar_pg_fail(connection, result, statement, failure);
    }
}

static enum ar_status run_simple(struct connection *connection, const struct statement *statement,
                                 struct failure *failure)
{
    enum ar_status status = AR_OK;
    PGresult *result;

    if (PQsendQuery(connection->server, statement->sql) != 1)
        return ar_pg_fail_to_send(connection, statement, failure);
    while (ar_pg_is_connected(connection) && (result = ar_pg_take_result(connection)) != NULL) {
        if (status == AR_OK)
            status = take_script_result(connection, result, statement, failure);
        PQclear(result);
    }
    if (status == AR_OK && !ar_pg_is_connected(connection))
        status = ar_pg_fail(connection, NULL, statement, failure);
    return status;
}

/* Several statements in one string need the simple query protocol, which a pipeline does not support. */
static enum ar_status postgresql_run_script(struct connection *connection, const char *sql, struct failure *failure)
{
    const struct statement statement = {.sql = sql};
    enum ar_status status;

    ar_pg_note_running(connection, true);
    ar_pg_run_errands(connection);
    status = leave_pipeline(connection, &statement, failure);
    if (status == AR_OK)
        status = run_simple(connection, &statement, failure);
    /* The script may have changed what prepared statements refer to: prepare them again. */
    ar_statement_cache_clear(&connection->statements);
    ar_pointer_map_free(&connection->rules);
    connection->is_changed = true;
    enter_pipeline(connection);
    ar_pg_note_running(connection, false);
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
    .connect = ar_pg_connect,
    .disconnect = ar_pg_disconnect,
    .run = postgresql_run,
    .run_script = postgresql_run_script,
    .in_transaction = ar_pg_in_transaction,
    .is_usable = ar_pg_is_usable,
    .reset = ar_pg_reset,
    .set_timeout = ar_pg_set_timeout,
    .round_trip = ar_pg_round_trip,
    .interrupt = ar_pg_interrupt,
    .describe = postgresql_describe,
    .pick = postgresql_pick,
    .compares_by_rules = ar_pg_compares_by_rules,
    .dialect =
        {
            .begin_write = "BEGIN",
            .begin_read = "BEGIN READ ONLY",
            .isolation =
                {
                    [AR_ISOLATION_DEFAULT] = "",
                    [AR_ISOLATION_READ_COMMITTED] = " ISOLATION LEVEL READ COMMITTED",
                    [AR_ISOLATION_REPEATABLE_READ] = " ISOLATION LEVEL REPEATABLE READ",
                    [AR_ISOLATION_SERIALIZABLE] = " ISOLATION LEVEL SERIALIZABLE",
                },
            .for_update = " FOR UPDATE",
            .begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            .position = "SELECT (CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()"
                        " WHEN pg_catalog.current_setting('synchronous_commit') OPERATOR(pg_catalog.=) 'off'"
                        " THEN pg_catalog.pg_current_wal_insert_lsn() ELSE pg_catalog.pg_current_wal_lsn() END"
                        " OPERATOR(pg_catalog.-) '0/0'::pg_catalog.pg_lsn)::bigint, pg_catalog.pg_is_in_recovery()",
            .has_arrays = true,
            .sorts_null_last = true,
            .builtin_schema = "pg_catalog",
        },
};
