/* Running statements: parameters are bound, rows delivered, effects and failures noted; and the time that they take. */
#include "driver/sqlite/run.h"

#include "base/clock.h"
#include "driver/by_name.h"
#include "driver/sqlite/error.h"
#include "driver/sqlite/parameters.h"
#include "driver/sqlite/prepare.h"
#include "driver/sqlite/structs.h"

#include <string.h>

/* ---- Time -------------------------------------------------------------------------------------------------------- */

/* SQLite calls this after a fixed number of its instructions, to ask if it should continue. */
static int is_too_late(void *payload)
{
    struct connection *connection = payload;

    connection->is_timed_out = ar_microseconds_now() > connection->deadline;
    return connection->is_timed_out ? 1 : 0;
}

void ar_sqlite_set_timeout(struct connection *connection, unsigned milliseconds)
{
    enum { INSTRUCTIONS = 1000 };
    unsigned wait =
        milliseconds > 0 && milliseconds < connection->busy_timeout ? milliseconds : connection->busy_timeout;

    if (connection->timeout == milliseconds)
        return;
    connection->timeout = milliseconds;
    sqlite3_progress_handler(connection->database, milliseconds > 0 ? INSTRUCTIONS : 0, is_too_late, connection);
    (void)sqlite3_busy_timeout(connection->database, (int)wait);
}

void ar_sqlite_start_clock(struct connection *connection)
{
    connection->is_timed_out = false;
    if (connection->timeout > 0)
        connection->deadline = ar_microseconds_now() + (uint64_t)connection->timeout * 1000;
}

/* ---- One statement ----------------------------------------------------------------------------------------------- */

/* If a row could not be inserted, find the value that was refused, so that the message names its column. */
static enum ar_status fail_to_step(const struct connection *connection, int code, const struct statement *statement,
                                   struct failure *failure)
{
    for (size_t i = 0; i < statement->parameter_count && code == SQLITE_RANGE; i++) {
        const struct row_set *rows = statement->parameters[i].rows;
        const struct ar_column *column = rows != NULL ? ar_sqlite_structs_refused(rows) : NULL;
        if (column != NULL)
            return ar_sqlite_refuse(column, statement, failure);
    }
    return ar_sqlite_fail(connection, code, statement, failure);
}

/* Only statements with these words change settings, databases or tables of one connection. */
static bool changes_connection(const char *sql)
{
    static const char *const patterns[] = {"%pragma%", "%attach%", "%temp%", "%load_extension%"};

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        if (sqlite3_strlike(patterns[i], sql, 0) == 0)
            return true;
    return false;
}

/* Tables may have changed, and settings of the connection. */
static void note_user_sql(struct connection *connection, const char *sql)
{
    connection->is_changed = connection->is_changed || changes_connection(sql);
    ar_sqlite_schema_clear(&connection->schema);
}

/* Run the statement and deliver its rows. A failure of the callback has already been recorded. */
static enum ar_status step_all(struct connection *connection, struct sqlite_reader *reader, struct outcome *outcome,
                               struct failure *failure)
{
    struct sqlite_reader *outer = connection->reader;
    bool writes = !reader->prepared->is_read_only;
    int changes = writes ? sqlite3_total_changes(connection->database) : 0, code;

    connection->reader = reader;
    code = ar_sqlite_statement_step(reader);
    connection->reader = outer;
    outcome->rows = reader->rows;
    if (reader->status != AR_OK || reader->is_stale) /* if stale, the caller runs it again */
        return reader->status;
    if (reader->missing != NULL)
        return ar_fail_no_column(failure, reader->missing, reader->statement->sql);
    if (code != SQLITE_DONE)
        return fail_to_step(connection, code, reader->statement, failure);
    if (writes && reader->statement->has_dollars)
        note_user_sql(connection, reader->statement->sql);
    if (writes) {
        /* CREATE TABLE and the like leave the number of the previous statement. */
        if (sqlite3_total_changes(connection->database) != changes)
            outcome->changes = (uint64_t)sqlite3_changes64(connection->database);
        outcome->key = sqlite3_last_insert_rowid(connection->database);
    }
    return AR_OK;
}

/* Return true if the bindings must be cleared: sets of keys and structs are pointers, and an array is a string that
 * SQLite owns. Strings and blobs are bound without a copy; no statement reads them again before others are bound. */
static bool binds_sets(const struct statement *statement)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        if (parameter->keys != NULL || parameter->rows != NULL || parameter->value.kind == AR_VALUE_ARRAY)
            return true;
    }
    return false;
}

/* Return true if the only parameter is an integer, as in most statements that read a few rows. */
static bool binds_integer(const struct statement *statement)
{
    const struct parameter *parameter = statement->parameters;

    return statement->parameter_count == 1 && parameter->value.kind == AR_VALUE_INTEGER && parameter->keys == NULL &&
           parameter->rows == NULL && !statement->has_dollars;
}

static enum ar_status bind(struct connection *connection, sqlite3_stmt *handle, const struct statement *statement,
                           struct failure *failure)
{
    enum ar_status status = AR_OK;

    if (statement->has_dollars)
        status = ar_sqlite_check_placeholders(handle, statement, failure);
    return status == AR_OK ? ar_sqlite_bind_all(connection, handle, statement, failure) : status;
}

/* Bind the parameters and run the statement, then reset it for the next run. */
static enum ar_status bind_and_step(struct connection *connection, struct sqlite_reader *reader,
                                    struct outcome *outcome, struct failure *failure)
{
    const struct statement *statement = reader->statement;
    sqlite3_stmt *handle = reader->prepared->handle;
    bool is_bound =
        binds_integer(statement) && sqlite3_bind_int64(handle, 1, statement->parameters->value.integer) == SQLITE_OK;
    enum ar_status status = is_bound ? AR_OK : bind(connection, handle, statement, failure);

    if (status == AR_OK)
        status = step_all(connection, reader, outcome, failure);
    (void)sqlite3_reset(handle);
    if (!is_bound && binds_sets(statement))
        (void)sqlite3_clear_bindings(handle);
    return status;
}

/* Prepare a stale statement again. */
static enum ar_status renew(struct connection *connection, struct sqlite_reader *reader, struct failure *failure)
{
    const struct ar_column *missing;
    int code = ar_sqlite_statement_renew(connection->database, reader, &missing);

    if (missing != NULL)
        return ar_fail_no_column(failure, missing, reader->statement->sql);
    return code == SQLITE_OK ? AR_OK : ar_sqlite_fail(connection, code, reader->statement, failure);
}

/* Run a prepared statement. One that is renewed cannot become stale again. */
static enum ar_status run_prepared(struct connection *connection, struct sqlite_reader *reader, struct outcome *outcome,
                                   struct failure *failure)
{
    enum ar_status status;

    do
        status = bind_and_step(connection, reader, outcome, failure);
    while (reader->is_stale && status == AR_OK && (status = renew(connection, reader, failure)) == AR_OK);
    return status;
}

/* Free what a statement allocated since `mark`. */
static void free_memory(struct connection *connection, char *mark)
{
    enum { KEPT = 64 << 10 };

    if (connection->reader == NULL) /* no other statement is running */
        ar_arena_reset(&connection->memory, KEPT);
    else
        ar_arena_release(&connection->memory, mark);
}

static enum ar_status run_one(struct connection *connection, const struct statement *statement, struct outcome *outcome,
                              struct failure *failure)
{
    char *mark = connection->memory.next;
    struct sqlite_reader reader = {.statement = statement, .row = {.base = {&ar_sqlite_row_methods}}};
    enum ar_status status = ar_sqlite_prepare(connection, statement, &reader.prepared, failure);

    if (status == AR_OK)
        status = run_prepared(connection, &reader, outcome, failure);
    if (status == AR_OK && statement->after_rows != NULL)
        status = statement->after_rows(statement->payload);
    free_memory(connection, mark);
    return status;
}

/* ---- Runs -------------------------------------------------------------------------------------------------------- */

enum ar_status ar_sqlite_run(struct connection *connection, const struct statement *statements, size_t count,
                             struct outcome *outcomes, struct failure *failure)
{
    for (size_t i = 0; i < count; i++) {
        ar_sqlite_start_clock(connection);
        outcomes[i].status = run_one(connection, &statements[i], &outcomes[i], failure);
        outcomes[i].is_done = true;
        if (outcomes[i].is_timed && count > 1) /* for a single one, the caller reads the clock at the same time */
            outcomes[i].finished = ar_monotonic_clock(NULL);
        if (outcomes[i].status != AR_OK)
            return outcomes[i].status;
    }
    return AR_OK;
}

enum ar_status ar_sqlite_run_script(struct connection *connection, const char *sql, struct failure *failure)
{
    int code;

    ar_sqlite_start_clock(connection);
    note_user_sql(connection, sql);
    code = sqlite3_exec(connection->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? AR_OK : ar_sqlite_fail(connection, code, &(struct statement){.sql = sql}, failure);
}
