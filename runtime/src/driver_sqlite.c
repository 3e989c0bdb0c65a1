/* The SQLite driver: connections, statements, and SQLite's result codes as statuses. */
#include "driver_sqlite.h"

#include "sqlite_keys.h"
#include "sqlite_row.h"
#include "sqlite_rows.h"
#include "sqlite_schema.h"
#include "statement_cache.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct connection {
    sqlite3 *database;
    struct statement_cache statements;
    struct sqlite_schema schema;
    struct row_reader *reader; /* of the statement that runs now */
};

/* Who takes the rows of the statement that runs now. */
struct row_reader {
    const struct statement *statement;
    struct sqlite_row row;
    uint64_t rows;
    enum ar_status status; /* the callback's */
};

/* ---- Errors ------------------------------------------------------------------------------------------------------ */

static enum ar_status status_of(int code)
{
    if (code == SQLITE_IOERR_NOMEM)
        return AR_NO_MEMORY;
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return AR_OK;
    case SQLITE_NOMEM:
        return AR_NO_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return AR_BUSY;
    case SQLITE_CONSTRAINT:
        return AR_CONSTRAINT;
    case SQLITE_INTERRUPT:
        return AR_INTERRUPTED;
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
        return AR_UNAVAILABLE;
    default:
        return AR_DATABASE;
    }
}

/* Records SQLite's last error on this connection. */
static enum ar_status fail(const struct connection *connection, int code, const struct statement *statement,
                           struct failure *failure)
{
    enum ar_status status = status_of(code);
    const struct ar_model *model = statement->model;
    const char *message = sqlite3_errmsg(connection->database);
    const struct ar_column *column = NULL;

    if (status == AR_NO_MEMORY) {
        ar_fail_no_memory(failure);
    } else if (status == AR_CONSTRAINT && model != NULL) {
        const char *list = strchr(message, ':'); /* "UNIQUE constraint failed: users.email" */
        column = list != NULL ? ar_column_in_message(model, list) : NULL;
        ar_fail(failure, status, model, column, "%s%s%s: %s", model->name, column != NULL ? "." : "",
                column != NULL ? column->field : "", message);
    } else {
        ar_fail(failure, status, model, NULL, "%s", message);
    }
    failure->error.code = sqlite3_extended_errcode(connection->database);
    ar_failure_add_sql(failure, statement->sql);
    return status;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

/* A time as SQLite stores it: seconds for a time_t, nanoseconds for a struct timespec (years 1677 to 2262). */
static bool stored_time(const struct ar_value *value, enum ar_type type, int64_t *out)
{
    if (type == AR_TYPE_TIME) {
        *out = value->time.seconds;
        return true;
    }
    return !__builtin_mul_overflow(value->time.seconds, INT64_C(1000000000), out) &&
           !__builtin_add_overflow(*out, value->time.nanoseconds, out);
}

bool ar_sqlite_holds(const struct ar_value *value, enum ar_type type)
{
    int64_t time;

    if (value->kind == AR_VALUE_REAL)
        return !isnan(value->real); /* SQLite would silently store NULL */
    if (value->kind == AR_VALUE_TIME)
        return stored_time(value, type, &time);
    return value->kind != AR_VALUE_OUT_OF_RANGE;
}

bool ar_sqlite_result(sqlite3_context *context, const struct ar_value *value, enum ar_type type)
{
    int64_t time = 0;

    if (!ar_sqlite_holds(value, type))
        return false;
    switch (value->kind) {
    case AR_VALUE_INTEGER:
        sqlite3_result_int64(context, value->integer);
        break;
    case AR_VALUE_REAL:
        sqlite3_result_double(context, value->real);
        break;
    case AR_VALUE_TEXT:
        sqlite3_result_text64(context, value->bytes.data, value->bytes.size, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case AR_VALUE_BLOB:
        if (value->bytes.size == 0)
            sqlite3_result_zeroblob(context, 0);
        else
            sqlite3_result_blob64(context, value->bytes.data, value->bytes.size, SQLITE_STATIC);
        break;
    case AR_VALUE_TIME:
        (void)stored_time(value, type, &time);
        sqlite3_result_int64(context, time);
        break;
    default:
        break;
    }
    return true;
}

/* SQLite's code; SQLITE_RANGE where SQLite has no such value. */
static int bind_value(sqlite3_stmt *handle, int index, const struct parameter *parameter)
{
    const struct ar_value *value = &parameter->value;
    int64_t time = 0;

    if (parameter->keys != NULL)
        return ar_sqlite_keys_bind(handle, index, parameter->keys);
    if (parameter->rows != NULL)
        return ar_sqlite_rows_bind(handle, index, parameter->rows);
    if (!ar_sqlite_holds(value, parameter->column != NULL ? parameter->column->type : AR_TYPE_INT64))
        return SQLITE_RANGE;
    switch (value->kind) {
    case AR_VALUE_INTEGER:
        return sqlite3_bind_int64(handle, index, value->integer);
    case AR_VALUE_REAL:
        return sqlite3_bind_double(handle, index, value->real);
    case AR_VALUE_TEXT:
        return sqlite3_bind_text64(handle, index, value->bytes.data, value->bytes.size, SQLITE_STATIC, SQLITE_UTF8);
    case AR_VALUE_BLOB:
        if (value->bytes.size == 0)
            return sqlite3_bind_zeroblob(handle, index, 0);
        return sqlite3_bind_blob64(handle, index, value->bytes.data, value->bytes.size, SQLITE_STATIC);
    case AR_VALUE_TIME:
        (void)stored_time(value, parameter->column->type, &time);
        return sqlite3_bind_int64(handle, index, time);
    default:
        return sqlite3_bind_null(handle, index);
    }
}

static enum ar_status refuse(const struct ar_column *column, const struct statement *statement, struct failure *failure)
{
    ar_fail(failure, AR_INVALID, column->model, column,
            "%s.%s: SQLite cannot hold this value: NaN, or a number or time out of range", column->model->name,
            column->field);
    ar_failure_add_sql(failure, statement->sql);
    return AR_INVALID;
}

static enum ar_status bind_all(struct connection *connection, sqlite3_stmt *handle, const struct statement *statement,
                               struct failure *failure)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct ar_column *column = statement->parameters[i].column;
        int code = bind_value(handle, (int)i + 1, &statement->parameters[i]);
        if (code == SQLITE_OK)
            continue;
        if (code != SQLITE_RANGE || column == NULL)
            return fail(connection, code, statement, failure);
        return refuse(column, statement, failure);
    }
    return AR_OK;
}

/* ---- Rows through a function ------------------------------------------------------------------------------------- */

/* SQLite hands rows to an aggregate function faster than a program can fetch them one by one: a step of the virtual
 * machine per row and a call per column less. So `SELECT a, b …` runs as
 *
 *     WITH armature_result (c0, c1) AS (SELECT a, b …) SELECT armature_row(c1, c0) FROM armature_result
 *
 * 10,000 rows of 5 columns take 0.6 times as long. The columns come from the last to the first: SQLite reads a row's
 * header as far as a column needs it, and for the last one all at once, which of 8 columns saves a sixth. With an ORDER BY or LIMIT inside, SQLite would copy each row before
 * it hands it over, which takes longer than to fetch it, and that the order holds outside is nowhere promised. */

enum { ROW_FUNCTION_COLUMNS_MAX = 100 }; /* SQLITE_MAX_FUNCTION_ARG as it comes */

static void row_step(sqlite3_context *context, int count, sqlite3_value **columns)
{
    struct row_reader *reader = ((struct connection *)sqlite3_user_data(context))->reader;

    /* After a failure SQLite may call once more before it ends the statement. */
    if (reader == NULL || reader->status != AR_OK)
        return;
    reader->rows++;
    reader->row.values = columns + count - 1;
    reader->status = reader->statement->on_row(reader->statement->payload, &reader->row.base);
    if (reader->status != AR_OK)
        sqlite3_result_error_code(context, SQLITE_ABORT);
}

static void row_final(sqlite3_context *context)
{
    sqlite3_result_null(context);
}

/* The text that has the row function take the rows of a SELECT, or NULL when out of memory. */
static char *with_row_function(const struct statement *statement)
{
    enum { NAME_SIZE = 5 }; /* "c99," */
    size_t size = strlen(statement->sql) + 2 * NAME_SIZE * statement->column_count + 128;
    char names[NAME_SIZE * ROW_FUNCTION_COLUMNS_MAX] = "", backwards[sizeof names] = "";
    char *end = names, *end_backwards = backwards, *sql = malloc(size);

    for (size_t i = 0, count = statement->column_count; i < count; i++) {
        end += snprintf(end, NAME_SIZE, "%sc%zu", i > 0 ? "," : "", i);
        end_backwards += snprintf(end_backwards, NAME_SIZE, "%sc%zu", i > 0 ? "," : "", count - 1 - i);
    }
    if (sql != NULL)
        (void)snprintf(sql, size, "WITH armature_result (%s) AS (%s) SELECT armature_row(%s) FROM armature_result",
                       names, statement->sql, backwards);
    return sql;
}

static int register_row_function(struct connection *connection)
{
    return sqlite3_create_function_v2(connection->database, "armature_row", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                      connection, NULL, row_step, row_final, NULL);
}

/* ---- Connections ------------------------------------------------------------------------------------------------- */

static void sqlite_disconnect(struct connection *connection)
{
    if (connection == NULL)
        return;
    if (connection->statements.buckets != NULL)
        ar_statement_cache_close(&connection->statements);
    ar_sqlite_schema_clear(&connection->schema);
    (void)sqlite3_close(connection->database);
    free(connection);
}

static void finalize(void *handle)
{
    (void)sqlite3_finalize(handle);
}

static enum ar_status set_up(struct connection *connection, const struct ar_db_options *options,
                             struct failure *failure)
{
    static const char *const pragmas[] = {"PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL"};
    const bool wanted[] = {!options->no_foreign_keys, !options->no_wal && !options->read_only};
    int code = ar_sqlite_keys_register(connection->database);

    (void)sqlite3_extended_result_codes(connection->database, 1);
    (void)sqlite3_busy_timeout(connection->database, (int)options->busy_timeout_ms);
    if (code == SQLITE_OK)
        code = ar_sqlite_rows_register(connection->database);
    if (code == SQLITE_OK)
        code = register_row_function(connection);
    if (code != SQLITE_OK)
        return fail(connection, code, &(struct statement){.sql = "SELECT armature_row()"}, failure);
    if (!ar_statement_cache_open(&connection->statements, options->statement_cache_size, finalize))
        return ar_fail_no_memory(failure);
    for (size_t i = 0; i < sizeof pragmas / sizeof pragmas[0]; i++) {
        code = wanted[i] ? sqlite3_exec(connection->database, pragmas[i], NULL, NULL, NULL) : SQLITE_OK;
        if (code != SQLITE_OK)
            return fail(connection, code, &(struct statement){.sql = pragmas[i]}, failure);
    }
    return AR_OK;
}

static enum ar_status sqlite_connect(const char *location, const struct ar_db_options *options, bool to_standby,
                                     struct connection **out, struct failure *failure)
{
    /* A connection is used by one thread at a time: SQLite's own mutexes would only cost. */
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI |
                (options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    struct connection *connection = calloc(1, sizeof *connection);
    enum ar_status status;
    int code;

    (void)to_standby; /* there are none */
    *out = NULL;
    if (connection == NULL)
        return ar_fail_no_memory(failure);
    code = sqlite3_open_v2(location, &connection->database, flags, NULL);
    if (code == SQLITE_NOMEM || connection->database == NULL) {
        status = ar_fail_no_memory(failure);
    } else if (code != SQLITE_OK) {
        status = ar_fail(failure, AR_UNAVAILABLE, NULL, NULL, "cannot open %s: %s", location,
                         sqlite3_errmsg(connection->database));
        failure->error.code = sqlite3_extended_errcode(connection->database);
    } else {
        status = set_up(connection, options, failure);
    }
    if (status != AR_OK) {
        sqlite_disconnect(connection);
        return status;
    }
    *out = connection;
    return AR_OK;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

static bool uses_row_function(const struct statement *statement)
{
    return statement->on_row != NULL && !statement->is_arranged && statement->column_count > 0 &&
           statement->column_count <= ROW_FUNCTION_COLUMNS_MAX;
}

/* Finds or prepares the statement; it is kept by the text that the caller knows. */
static enum ar_status prepare(struct connection *connection, const struct statement *statement, sqlite3_stmt **out,
                              struct failure *failure)
{
    char *wrapped = NULL;
    int code;

    *out = ar_statement_cache_find(&connection->statements, statement->sql, statement->is_constant);
    if (*out != NULL)
        return AR_OK;
    if (uses_row_function(statement)) {
        wrapped = with_row_function(statement);
        if (wrapped == NULL)
            return ar_fail_no_memory(failure);
    }
    code = sqlite3_prepare_v3(connection->database, wrapped != NULL ? wrapped : statement->sql, -1,
                              SQLITE_PREPARE_PERSISTENT, out, NULL);
    free(wrapped);
    if (code != SQLITE_OK)
        return fail(connection, code, statement, failure);
    if (!ar_statement_cache_add(&connection->statements, statement->sql, statement->is_constant, *out)) {
        finalize(*out);
        return ar_fail_no_memory(failure);
    }
    return AR_OK;
}

/* Has the row function take the rows: the statement itself returns one row, without content. */
static int run_row_function(struct connection *connection, sqlite3_stmt *handle, struct row_reader *reader)
{
    int code;

    connection->reader = reader;
    while ((code = sqlite3_step(handle)) == SQLITE_ROW)
        ;
    connection->reader = NULL;
    return code;
}

static int fetch_rows(sqlite3_stmt *handle, struct row_reader *reader)
{
    int code;

    reader->row.handle = handle;
    while ((code = sqlite3_step(handle)) == SQLITE_ROW) {
        reader->rows++;
        if (reader->statement->on_row == NULL)
            continue;
        reader->status = reader->statement->on_row(reader->statement->payload, &reader->row.base);
        if (reader->status != AR_OK)
            return SQLITE_ABORT;
        if (reader->statement->is_single)
            return SQLITE_DONE;
    }
    return code;
}

/* A row that cannot be inserted is found again, so that its column is named. */
static enum ar_status fail_to_step(const struct connection *connection, int code, const struct statement *statement,
                                   struct failure *failure)
{
    for (size_t i = 0; i < statement->parameter_count && code == SQLITE_RANGE; i++) {
        const struct row_set *rows = statement->parameters[i].rows;
        const struct ar_column *column = rows != NULL ? ar_sqlite_rows_refused(rows) : NULL;
        if (column != NULL)
            return refuse(column, statement, failure);
    }
    return fail(connection, code, statement, failure);
}

/* Takes the rows. SQLite's own failure is told here; the callback's by the callback. */
static enum ar_status step_all(struct connection *connection, sqlite3_stmt *handle, struct row_reader *reader,
                               struct outcome *outcome, struct failure *failure)
{
    int code = uses_row_function(reader->statement) ? run_row_function(connection, handle, reader)
                                                    : fetch_rows(handle, reader);

    outcome->rows = reader->rows;
    if (reader->status != AR_OK)
        return reader->status;
    if (code != SQLITE_DONE)
        return fail_to_step(connection, code, reader->statement, failure);
    if (sqlite3_stmt_readonly(handle) == 0) {
        outcome->changes = (uint64_t)sqlite3_changes64(connection->database);
        outcome->key = sqlite3_last_insert_rowid(connection->database);
    }
    return AR_OK;
}

/* Texts, keys and structs are bound where they lie: the statement must not keep pointers to them. */
static bool binds_pointers(const struct statement *statement)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        if (parameter->keys != NULL || parameter->rows != NULL || parameter->value.kind == AR_VALUE_TEXT ||
            parameter->value.kind == AR_VALUE_BLOB)
            return true;
    }
    return false;
}

static enum ar_status run_one(struct connection *connection, const struct statement *statement, struct outcome *outcome,
                              struct failure *failure)
{
    struct row_reader reader = {.statement = statement, .row = {.base = {&ar_driver_sqlite}}};
    sqlite3_stmt *handle;
    enum ar_status status = prepare(connection, statement, &handle, failure);

    if (status != AR_OK)
        return status;
    status = bind_all(connection, handle, statement, failure);
    if (status == AR_OK && statement->before_rows != NULL)
        status = statement->before_rows(statement->payload);
    if (status == AR_OK)
        status = step_all(connection, handle, &reader, outcome, failure);
    (void)sqlite3_reset(handle);
    if (binds_pointers(statement))
        (void)sqlite3_clear_bindings(handle);
    if (status == AR_OK && statement->after_rows != NULL)
        status = statement->after_rows(statement->payload);
    return status;
}

/* There are no round trips to save: one after the other. */
static enum ar_status sqlite_run(struct connection *connection, const struct statement *statements, size_t count,
                                 struct outcome *outcomes, struct failure *failure)
{
    for (size_t i = 0; i < count; i++) {
        outcomes[i].status = run_one(connection, &statements[i], &outcomes[i], failure);
        outcomes[i].is_done = true;
        if (outcomes[i].status != AR_OK)
            return outcomes[i].status;
    }
    return AR_OK;
}

static enum ar_status sqlite_run_script(struct connection *connection, const char *sql, struct failure *failure)
{
    int code = sqlite3_exec(connection->database, sql, NULL, NULL, NULL);

    ar_sqlite_schema_clear(&connection->schema); /* tables may be others now */
    return code == SQLITE_OK ? AR_OK : fail(connection, code, &(struct statement){.sql = sql}, failure);
}

static bool sqlite_in_transaction(const struct connection *connection)
{
    return sqlite3_get_autocommit(connection->database) == 0;
}

static bool sqlite_is_usable(struct connection *connection)
{
    return !sqlite_in_transaction(connection);
}

static uint64_t sqlite_round_trip(const struct connection *connection)
{
    (void)connection;
    return 0;
}

static void sqlite_interrupt_now(struct connection *connection)
{
    sqlite3_interrupt(connection->database);
}

/* ---- What the schema says ---------------------------------------------------------------------------------------- */

static enum ar_status end_question(const struct connection *connection, int code, const struct ar_model *model,
                                   struct failure *failure)
{
    const struct statement statement = {.sql = "-- what the schema says", .model = model};

    return code == SQLITE_OK ? AR_OK : fail(connection, code, &statement, failure);
}

/* RETURNING has SQLite make a table for its one row, which takes longer than the insert. */
static enum ar_status sqlite_tells_key(struct connection *connection, const struct ar_model *model, bool *out,
                                       struct failure *failure)
{
    return end_question(connection, ar_sqlite_key_is_rowid(connection->database, &connection->schema, model, out),
                        model, failure);
}

static enum ar_status sqlite_prefers_scan(struct connection *connection, const struct ar_relation *relation,
                                          size_t key_count, bool *out, struct failure *failure)
{
    int code = ar_sqlite_prefers_scan(connection->database, &connection->schema, relation, key_count, out);

    return end_question(connection, code, relation->target, failure);
}

static enum ar_status sqlite_next_keys(struct connection *connection, const struct ar_model *model, size_t count,
                                       int64_t *first, struct failure *failure)
{
    return end_question(connection, ar_sqlite_next_keys(connection->database, &connection->schema, model, count, first),
                        model, failure);
}

static const char *sqlite_pick(const struct ar_sql *sql)
{
    return sql->sqlite;
}

const struct driver ar_driver_sqlite = {
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .run = sqlite_run,
    .run_script = sqlite_run_script,
    .in_transaction = sqlite_in_transaction,
    .is_usable = sqlite_is_usable,
    .round_trip = sqlite_round_trip,
    .interrupt = sqlite_interrupt_now,
    .tells_key = sqlite_tells_key,
    .prefers_scan = sqlite_prefers_scan,
    .next_keys = sqlite_next_keys,
    .pick = sqlite_pick,
    .value = ar_sqlite_value,
    .read = ar_sqlite_read,
    .dialect = {.begin_write = "BEGIN IMMEDIATE", .begin_snapshot = "BEGIN"},
};
