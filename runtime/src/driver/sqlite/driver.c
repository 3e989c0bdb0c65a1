/* The SQLite driver: connections, statements, and SQLite's result codes as statuses. */
#include "driver/driver.h"

#include "base/clock.h"
#include "base/statement_cache.h"
#include "driver/by_name.h"
#include "driver/sqlite/affinity.h"
#include "driver/sqlite/backup.h"
#include "driver/sqlite/catalog.h"
#include "driver/sqlite/collation.h"
#include "driver/sqlite/keys.h"
#include "driver/sqlite/plain.h"
#include "driver/sqlite/protect.h"
#include "driver/sqlite/range.h"
#include "driver/sqlite/row.h"
#include "driver/sqlite/schema.h"
#include "driver/sqlite/statement.h"
#include "driver/sqlite/structs.h"
#include "driver/sqlite/url.h"
#include "driver/sqlite/uuid.h"
#include "driver/sqlite/value.h"
#include "model/check.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct connection {
    sqlite3 *database;
    struct statement_cache statements;
    struct sqlite_schema schema;
    struct sqlite_reader *reader; /* of the running statement */
    unsigned busy_timeout;        /* of the database, in milliseconds */
    unsigned timeout;             /* of the session that has the connection, in milliseconds; 0: none */
    uint64_t deadline;            /* of the running statement, in microseconds */
    bool is_timed_out;            /* the running statement exceeded its deadline */
    bool is_changed;              /* user SQL may have changed settings of the connection */
    bool is_plain;                /* without virtual tables and functions of this process, see plain.h */
    struct arena memory;          /* of running statements, if it is plain */
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
    case SQLITE_TOOBIG:
    case SQLITE_RANGE: /* of armature_in_range */
        return AR_INVALID;
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
        return AR_UNAVAILABLE;
    default:
        return AR_DATABASE;
    }
}

/* By the extended result code. ON DELETE RESTRICT is a trigger, whose message is that of a foreign key. */
static enum violation violation_of(int code, const char *message)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return VIOLATION_UNIQUE;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return VIOLATION_FOREIGN_KEY;
    case SQLITE_CONSTRAINT_TRIGGER:
        return strcmp(message, "FOREIGN KEY constraint failed") == 0 ? VIOLATION_FOREIGN_KEY : VIOLATION_UNKNOWN;
    default:
        return VIOLATION_UNKNOWN;
    }
}

static const char *file_name(const struct connection *connection)
{
    const char *name = sqlite3_db_filename(connection->database, "main");

    return name != NULL && name[0] != '\0' ? name : "the database";
}

/* Record a violated constraint, by the message "UNIQUE constraint failed: users.email" and the like. */
static void fail_constraint(const struct connection *connection, const struct ar_model *model, struct failure *failure)
{
    const char *message = sqlite3_errmsg(connection->database), *list = strchr(message, ':');
    const struct ar_column *column = list != NULL ? ar_column_in_message(model, list) : NULL;
    const char *field = column != NULL ? column->field : "", *dot = column != NULL ? "." : "";
    bool is_check = sqlite3_extended_errcode(connection->database) == SQLITE_CONSTRAINT_CHECK && list != NULL;
    const struct ar_check *check = is_check ? ar_check_find(model, list + 2) : NULL;

    if (check != NULL) {
        (void)ar_fail_check(failure, model, check, message);
        return;
    }
    ar_fail(failure, AR_CONSTRAINT, model, column, "%s%s%s: %s", model->name, dot, field, message);
    ar_failure_set_violation(failure, violation_of(sqlite3_extended_errcode(connection->database), message),
                             strlen(model->name) + strlen(dot) + strlen(field) + strlen(": "));
}

/* Record SQLite's last error on this connection. */
static enum ar_status fail(const struct connection *connection, int code, const struct statement *statement,
                           struct failure *failure)
{
    const struct ar_model *model = statement->model;
    const char *message = sqlite3_errmsg(connection->database);
    enum ar_status status;

    if (connection->is_plain && strstr(message, SQLITE_OUT_OF_RANGE) != NULL)
        code = SQLITE_RANGE;
    status = status_of(code);

    /* If nothing is written, the result is too large. */
    if (status == AR_INVALID && statement->reason != AR_REASON_SAVE)
        status = AR_DATABASE;
    if (status == AR_NO_MEMORY) {
        ar_fail_no_memory(failure);
    } else if (status == AR_INTERRUPTED && connection->is_timed_out) {
        ar_fail(failure, status, model, NULL, "the statement exceeded the session's timeout_ms of %u ms",
                connection->timeout);
    } else if (status == AR_INTERRUPTED) {
        ar_fail(failure, status, model, NULL, "ar_session_interrupt ended the statement");
    } else if (status == AR_UNAVAILABLE) {
        ar_fail(failure, status, model, NULL, "cannot open %s: %s", file_name(connection), message);
    } else if (status == AR_CONSTRAINT && model != NULL) {
        fail_constraint(connection, model, failure);
    } else {
        ar_fail(failure, status, model, NULL, "%s", message);
        if (strncmp(message, "no such table", 13) == 0)
            ar_failure_add_missing_table(failure, model);
    }
    if (code == SQLITE_RANGE)
        failure->violation = VIOLATION_RANGE;
    failure->error.code = sqlite3_extended_errcode(connection->database);
    ar_failure_add_sql(failure, statement->sql);
    return status;
}

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

static int bind_parameter(sqlite3_stmt *handle, int index, const struct parameter *parameter)
{
    if (parameter->keys != NULL)
        return ar_sqlite_keys_bind(handle, index, parameter->keys);
    if (parameter->rows != NULL)
        return ar_sqlite_structs_bind(handle, index, parameter->rows);
    return ar_sqlite_bind(handle, index, &parameter->value, parameter->column);
}

static enum ar_status refuse(const struct ar_column *column, const struct statement *statement, struct failure *failure)
{
    ar_fail(
        failure, AR_INVALID, column->model, column,
        "%s.%s: SQLite cannot store this value: NaN, a number, date or time out of range, or more than its limit of 1 GB",
        column->model->name, column->field);
    ar_failure_add_sql(failure, statement->sql);
    return AR_INVALID;
}

/* Return the index of the parameter with the SQL's number: SQLite numbers `$2` by its first occurrence. Return 0 if the
 * SQL does not contain it. */
static int find_placeholder(sqlite3_stmt *handle, const struct statement *statement, size_t number)
{
    char name[24];

    if (!statement->has_dollars)
        return (int)number;
    (void)snprintf(name, sizeof name, "$%zu", number);
    return sqlite3_bind_parameter_index(handle, name);
}

/* User SQL must have as many placeholders as values, each `$n` with its own number. */
static enum ar_status check_placeholders(sqlite3_stmt *handle, const struct statement *statement,
                                         struct failure *failure)
{
    size_t count = (size_t)sqlite3_bind_parameter_count(handle), found = 0;

    if (!statement->has_dollars)
        return AR_OK;
    for (size_t i = 0; i < statement->parameter_count; i++)
        found += find_placeholder(handle, statement, i + 1) > 0;
    if (count == found && found == statement->parameter_count)
        return AR_OK;
    if (statement->parameter_count == 0)
        ar_fail(failure, AR_MISUSE, NULL, NULL, "the statement has placeholders, but no values are given");
    else
        ar_fail(failure, AR_MISUSE, NULL, NULL,
                "the placeholders of the statement are not $1 to $%zu, which are those of the %zu values",
                statement->parameter_count, statement->parameter_count);
    ar_failure_add_sql(failure, statement->sql);
    return AR_MISUSE;
}

static enum ar_status bind_all(struct connection *connection, sqlite3_stmt *handle, const struct statement *statement,
                               struct failure *failure)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        const struct ar_column *column = parameter->column;
        int code;
        if (connection->is_plain && (parameter->keys != NULL || parameter->rows != NULL))
            code = ar_sqlite_plain_bind(handle, statement, i, &connection->memory);
        else
            code = bind_parameter(handle, find_placeholder(handle, statement, i + 1), parameter);
        if (code == SQLITE_OK)
            continue;
        if (code == SQLITE_RANGE && parameter->rows != NULL)
            column = ar_sqlite_structs_refused(parameter->rows);
        if ((code != SQLITE_RANGE && code != SQLITE_TOOBIG) || column == NULL)
            return fail(connection, code, statement, failure);
        return refuse(column, statement, failure);
    }
    return AR_OK;
}

/* ---- Connections ------------------------------------------------------------------------------------------------- */

static void sqlite_disconnect(struct connection *connection)
{
    if (connection == NULL)
        return;
    if (connection->statements.buckets != NULL)
        ar_statement_cache_close(&connection->statements);
    ar_sqlite_schema_close(&connection->schema);
    ar_arena_free(&connection->memory);
    (void)sqlite3_close(connection->database);
    free(connection);
}

static int register_functions(struct connection *connection)
{
    int code = ar_sqlite_keys_register(connection->database);

    if (code == SQLITE_OK)
        code = ar_sqlite_structs_register(connection->database);
    if (code == SQLITE_OK)
        code = ar_sqlite_range_register(connection->database);
    if (code == SQLITE_OK)
        code = ar_sqlite_collation_register(connection->database);
    if (code == SQLITE_OK)
        code = ar_sqlite_uuid_register(connection->database);
    return code == SQLITE_OK ? ar_sqlite_statement_register(connection->database, &connection->reader) : code;
}

/* Change to WAL. Programs that open a new database at once all need its exclusive lock, and SQLite does not wait for
 * it if two hold a shared one, which would be a deadlock (https://www.sqlite.org/c3ref/busy_handler.html). */
static int change_to_wal(const struct connection *connection, const char *sql)
{
    enum { PAUSE = 1000 }; /* microseconds */
    uint64_t deadline = ar_microseconds_now() + (uint64_t)connection->busy_timeout * 1000;
    int code = sqlite3_exec(connection->database, sql, NULL, NULL, NULL);

    while ((code & 0xff) == SQLITE_BUSY && ar_microseconds_now() < deadline) {
        ar_pause(PAUSE);
        code = sqlite3_exec(connection->database, sql, NULL, NULL, NULL);
    }
    return code;
}

static int run_pragma(const struct connection *connection, const char *sql)
{
    return sqlite3_exec(connection->database, sql, NULL, NULL, NULL);
}

static enum ar_status run_pragmas(const struct connection *connection, const struct ar_db_options *options,
                                  struct failure *failure)
{
    bool is_read_only = sqlite3_db_readonly(connection->database, "main") != 0;
    const struct {
        bool is_wanted;
        const char *sql;
        int (*run)(const struct connection *connection, const char *sql);
    } pragmas[] = {
        {options->untrusted, "PRAGMA cell_size_check = ON", run_pragma},
        {options->untrusted, "PRAGMA mmap_size = 0", run_pragma},
        {!options->no_wal && !is_read_only, "PRAGMA journal_mode = WAL", change_to_wal},
        {options->sqlite_setup != NULL, options->sqlite_setup, run_pragma},
    };

    for (size_t i = 0; i < sizeof pragmas / sizeof pragmas[0]; i++) {
        int code = SQLITE_OK;
        if (pragmas[i].is_wanted)
            code = pragmas[i].run(connection, pragmas[i].sql);
        if (code != SQLITE_OK)
            return fail(connection, code, &(struct statement){.sql = pragmas[i].sql}, failure);
    }
    return AR_OK;
}

static enum ar_status set_up(struct connection *connection, const struct ar_db_options *options,
                             struct failure *failure)
{
    int code;

    (void)sqlite3_extended_result_codes(connection->database, 1);
    connection->busy_timeout = options->busy_timeout_ms;
    (void)sqlite3_busy_timeout(connection->database, (int)options->busy_timeout_ms);
    connection->is_plain = options->sqlite_plain;
    code = connection->is_plain ? SQLITE_OK : register_functions(connection);
    if (code == SQLITE_OK)
        code = ar_sqlite_protect(connection->database, options->untrusted);
    if (code == SQLITE_OK && !options->no_foreign_keys)
        code = sqlite3_db_config(connection->database, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    if (code != SQLITE_OK)
        return fail(connection, code, &(struct statement){.sql = "-- setting up the connection"}, failure);
    if (!ar_sqlite_schema_open(&connection->schema, connection->database) ||
        !ar_statement_cache_open(&connection->statements,
                                 ar_statement_limits(options->statement_cache_size, options->statement_cache_memory),
                                 ar_sqlite_statement_free))
        return ar_fail_no_memory(failure);
    return run_pragmas(connection, options, failure);
}

static enum ar_status sqlite_connect(const char *location, const struct ar_db_options *options, bool to_standby,
                                     struct connection **out, struct failure *failure)
{
    /* A connection is used by one thread at a time and does not need SQLite's mutexes. */
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI |
                (options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                (options->read_only || options->no_create ? 0 : SQLITE_OPEN_CREATE);
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
    } else if (code != SQLITE_OK && options->no_create && sqlite3_system_errno(connection->database) == ENOENT) {
        status = ar_fail(failure, AR_NOT_FOUND, NULL, NULL, "cannot open %s: the file does not exist", location);
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

static enum ar_status refuse_form(const struct ar_column *column, struct failure *failure)
{
    bool is_text = (column->flags & AR_COLUMN_TIME_TEXT) != 0;

    if ((column->flags & AR_COLUMN_TIME_ISO) != 0)
        return ar_fail(
            failure, AR_INVALID, column->model, column,
            "column %s of table %s does not store times as YYYY-MM-DDTHH:MM:SSZ: remove AR_STORED_AS from the "
            "field if they are numbers, or declare it AR_STORED_AS(text)",
            column->name, column->model->table);
    return ar_fail(failure, AR_INVALID, column->model, column, "column %s of table %s stores times as %s: %s",
                   column->name, column->model->table, is_text ? "numbers" : "strings",
                   is_text ? "remove AR_STORED_AS from the field"
                           : "declare the field AR_STORED_AS(text), or AR_STORED_AS(date) if they are dates");
}

/* Return what the rows of a statement are prepared for: user SQL with the same text may be read into several structs,
 * in whose order its columns are, or only be counted. */
static const void *reader_of(const struct statement *statement)
{
    static const char own; /* the runtime's own statements */

    if (statement->on_row == NULL)
        return NULL;
    return statement->is_by_name ? (const void *)statement->model : &own;
}

/* Find the statement in the cache. If its SQL has another reader there, set *key to the one that it has for this
 * reader, to be freed by sqlite3_free; otherwise to NULL, as its SQL is its key. Return false if out of memory. */
static bool find_prepared(struct connection *connection, const struct statement *statement,
                          struct sqlite_statement **out, char **key)
{
    const void *reader = reader_of(statement);

    *key = NULL;
    *out = ar_statement_cache_find(&connection->statements, statement->sql, statement->is_constant);
    if (*out == NULL || (*out)->reader == reader)
        return true;
    *key = sqlite3_mprintf("%p %s", reader, statement->sql);
    *out = *key != NULL ? ar_statement_cache_find(&connection->statements, *key, false) : NULL;
    return *key != NULL;
}

static enum ar_status prepare_new(struct connection *connection, const struct statement *statement,
                                  struct sqlite_statement **out, struct failure *failure)
{
    const struct ar_column *mistaken, *missing;
    int code = ar_sqlite_statement_prepare(connection->database, statement, !connection->is_plain, out, &missing);

    if (missing != NULL)
        return ar_fail_no_column(failure, missing, statement->sql);
    if (code == SQLITE_MISUSE) {
        ar_fail(failure, AR_DATABASE, statement->model, NULL,
                "the SQL is not exactly one statement; ar_execute runs several");
        ar_failure_add_sql(failure, statement->sql);
        return AR_DATABASE;
    }
    if (code != SQLITE_OK)
        return fail(connection, code, statement, failure);
    (*out)->reader = reader_of(statement);
    code = ar_sqlite_find_other_form(&connection->schema, statement, &mistaken);
    if (code != SQLITE_OK || mistaken != NULL) {
        ar_sqlite_statement_free(*out);
        return code != SQLITE_OK ? fail(connection, code, statement, failure) : refuse_form(mistaken, failure);
    }
    return AR_OK;
}

/* Replace the SQL by the one for a connection without table functions. */
static enum ar_status make_plain(struct connection *connection, struct statement *statement, struct failure *failure)
{
    size_t count, most = (size_t)sqlite3_limit(connection->database, SQLITE_LIMIT_VARIABLE_NUMBER, -1);
    const char *original = statement->sql;

    statement->sql = ar_sqlite_plain_sql(statement, &connection->memory, &count);
    statement->is_constant = false;
    if (statement->sql == NULL)
        return ar_fail_no_memory(failure);
    if (count <= most)
        return AR_OK;
    ar_fail(failure, AR_INVALID, statement->model, NULL,
            "the statement has %zu values, but SQLite takes at most %zu: without virtual tables, keys that are "
            "floating-point numbers are bound one by one",
            count, most);
    ar_failure_add_sql(failure, original);
    return AR_INVALID;
}

/* Find the statement in the cache by the SQL of `cached`, or prepare it. */
static enum ar_status prepare_cached(struct connection *connection, const struct statement *cached, bool is_translated,
                                     struct sqlite_statement **out, struct failure *failure)
{
    struct statement statement = *cached;
    enum ar_status status = AR_OK;
    char *key;

    if (!find_prepared(connection, cached, out, &key))
        return ar_fail_no_memory(failure);
    if (*out == NULL) {
        if (is_translated)
            status = make_plain(connection, &statement, failure);
        if (status == AR_OK)
            status = prepare_new(connection, &statement, out, failure);
        if (status == AR_OK &&
            !ar_statement_cache_add(&connection->statements, key != NULL ? key : cached->sql,
                                    key == NULL && cached->is_constant, *out, ar_sqlite_statement_size(*out))) {
            ar_sqlite_statement_free(*out);
            status = ar_fail_no_memory(failure);
        }
    }
    sqlite3_free(key);
    return status;
}

/* Find the statement in the cache by its original SQL, or prepare it. If its SQL depends on the values of its sets,
 * find it by that SQL. */
static enum ar_status prepare(struct connection *connection, const struct statement *statement,
                              struct sqlite_statement **out, struct failure *failure)
{
    enum sqlite_set_kind kind = connection->is_plain ? ar_sqlite_plain_kind(statement) : SQLITE_NO_SETS;
    struct statement plain = *statement;
    enum ar_status status = AR_OK;

    if (kind == SQLITE_LIST_SETS)
        status = make_plain(connection, &plain, failure);
    if (status != AR_OK)
        return status;
    return prepare_cached(connection, &plain, kind == SQLITE_JSON_SETS, out, failure);
}

/* If a row could not be inserted, find the value that was refused, so that the message names its column. */
static enum ar_status fail_to_step(const struct connection *connection, int code, const struct statement *statement,
                                   struct failure *failure)
{
    for (size_t i = 0; i < statement->parameter_count && code == SQLITE_RANGE; i++) {
        const struct row_set *rows = statement->parameters[i].rows;
        const struct ar_column *column = rows != NULL ? ar_sqlite_structs_refused(rows) : NULL;
        if (column != NULL)
            return refuse(column, statement, failure);
    }
    return fail(connection, code, statement, failure);
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
    int changes = sqlite3_total_changes(connection->database), code;

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
    if (reader->statement->has_dollars && sqlite3_stmt_readonly(reader->prepared->handle) == 0)
        note_user_sql(connection, reader->statement->sql);
    if (sqlite3_stmt_readonly(reader->prepared->handle) == 0) {
        /* CREATE TABLE and the like leave the number of the previous statement. */
        if (sqlite3_total_changes(connection->database) != changes)
            outcome->changes = (uint64_t)sqlite3_changes64(connection->database);
        outcome->key = sqlite3_last_insert_rowid(connection->database);
    }
    return AR_OK;
}

/* Strings, keys and structs are bound without a copy: the statement must not keep pointers to them. */
static bool binds_pointers(const struct statement *statement)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        if (parameter->keys != NULL || parameter->rows != NULL || parameter->value.kind == AR_VALUE_TEXT ||
            parameter->value.kind == AR_VALUE_BLOB || parameter->value.kind == AR_VALUE_ARRAY)
            return true;
    }
    return false;
}

/* Bind the parameters and run the statement, then reset it for the next run. */
static enum ar_status bind_and_step(struct connection *connection, struct sqlite_reader *reader,
                                    struct outcome *outcome, struct failure *failure)
{
    sqlite3_stmt *handle = reader->prepared->handle;
    enum ar_status status = check_placeholders(handle, reader->statement, failure);

    if (status == AR_OK)
        status = bind_all(connection, handle, reader->statement, failure);
    if (status == AR_OK)
        status = step_all(connection, reader, outcome, failure);
    (void)sqlite3_reset(handle);
    if (binds_pointers(reader->statement))
        (void)sqlite3_clear_bindings(handle);
    return status;
}

/* Run a stale statement again. */
static enum ar_status renew_and_step(struct connection *connection, struct sqlite_reader *reader,
                                     struct outcome *outcome, struct failure *failure)
{
    const struct ar_column *missing;
    int code = ar_sqlite_statement_renew(connection->database, reader, &missing);

    if (missing != NULL)
        return ar_fail_no_column(failure, missing, reader->statement->sql);
    if (code != SQLITE_OK)
        return fail(connection, code, reader->statement, failure);
    return bind_and_step(connection, reader, outcome, failure);
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
    enum ar_status status = prepare(connection, statement, &reader.prepared, failure);

    if (status == AR_OK && statement->before_rows != NULL)
        status = statement->before_rows(statement->payload);
    if (status == AR_OK)
        status = bind_and_step(connection, &reader, outcome, failure);
    if (reader.is_stale && status == AR_OK)
        status = renew_and_step(connection, &reader, outcome, failure);
    if (status == AR_OK && statement->after_rows != NULL)
        status = statement->after_rows(statement->payload);
    free_memory(connection, mark);
    return status;
}

/* SQLite calls this after a fixed number of its instructions, to ask if it should continue. */
static int is_too_late(void *payload)
{
    struct connection *connection = payload;

    connection->is_timed_out = ar_microseconds_now() > connection->deadline;
    return connection->is_timed_out ? 1 : 0;
}

static void sqlite_set_timeout(struct connection *connection, unsigned milliseconds)
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

static void start_clock(struct connection *connection)
{
    connection->is_timed_out = false;
    if (connection->timeout > 0)
        connection->deadline = ar_microseconds_now() + (uint64_t)connection->timeout * 1000;
}

/* Statements run one after the other: there are no round trips to save. */
static enum ar_status sqlite_run(struct connection *connection, const struct statement *statements, size_t count,
                                 struct outcome *outcomes, struct failure *failure)
{
    for (size_t i = 0; i < count; i++) {
        start_clock(connection);
        outcomes[i].status = run_one(connection, &statements[i], &outcomes[i], failure);
        outcomes[i].is_done = true;
        if (count > 1) /* for a single one, the caller reads the clock at the same time */
            outcomes[i].finished = ar_monotonic_clock(NULL);
        if (outcomes[i].status != AR_OK)
            return outcomes[i].status;
    }
    return AR_OK;
}

static enum ar_status sqlite_run_script(struct connection *connection, const char *sql, struct failure *failure)
{
    int code;

    start_clock(connection);
    note_user_sql(connection, sql);
    code = sqlite3_exec(connection->database, sql, NULL, NULL, NULL);
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

/* SQLite cannot undo such settings. */
static bool sqlite_reset(struct connection *connection)
{
    return !connection->is_changed;
}

static void sqlite_interrupt_now(struct connection *connection)
{
    sqlite3_interrupt(connection->database);
}

/* ---- Schema queries ---------------------------------------------------------------------------------------------- */

static enum ar_status end_query(const struct connection *connection, int code, const struct ar_model *model,
                                struct failure *failure)
{
    const struct statement statement = {.sql = "-- a schema query", .model = model};

    return code == SQLITE_OK ? AR_OK : fail(connection, code, &statement, failure);
}

/* For RETURNING, SQLite creates a temporary table for the row, which takes longer than the insert. */
static enum ar_status sqlite_reports_key(struct connection *connection, const struct ar_model *model, bool *out,
                                         struct failure *failure)
{
    start_clock(connection);
    return end_query(connection, ar_sqlite_key_is_rowid(&connection->schema, model, out), model, failure);
}

static enum ar_status sqlite_compares_by_rules(struct connection *connection, const struct ar_relation *relation,
                                               bool *out, struct failure *failure)
{
    start_clock(connection);
    return end_query(connection, ar_sqlite_compares_by_rules(&connection->schema, relation, out), relation->target,
                     failure);
}

static enum ar_status sqlite_choose_access_path(struct connection *connection, const struct ar_relation *relation,
                                                size_t key_count, enum access_path *out, struct failure *failure)
{
    int code;

    start_clock(connection);
    code = ar_sqlite_choose_access_path(&connection->schema, relation, key_count, out);
    return end_query(connection, code, relation->target, failure);
}

static enum ar_status sqlite_next_keys(struct connection *connection, const struct ar_model *model, size_t count,
                                       int64_t *first, struct failure *failure)
{
    start_clock(connection);
    return end_query(connection, ar_sqlite_next_keys(&connection->schema, model, count, first), model, failure);
}

static enum ar_status sqlite_describe(struct connection *connection, const struct statement *statement,
                                      const char **out, struct failure *failure)
{
    static const char *const strategies[] = {
        [SQLITE_FETCHED] = "fetched",
        [SQLITE_AGGREGATED] = "delivered by an aggregate function",
        [SQLITE_CALLED] = "delivered by a function",
    };
    struct sqlite_statement *prepared;
    enum ar_status status;

    start_clock(connection);
    status = prepare(connection, statement, &prepared, failure);
    *out = status == AR_OK ? strategies[prepared->strategy] : NULL;
    return status;
}

static enum ar_status sqlite_backup(struct connection *connection, const char *path, struct failure *failure)
{
    return ar_sqlite_backup(connection->database, path, failure);
}

static const char *sqlite_pick(const struct ar_sql *sql)
{
    return sql->sqlite;
}

const struct driver ar_driver_sqlite = {
    .name = "sqlite",
    .choose = ar_sqlite_choose_driver,
    .locate = ar_sqlite_locate,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .run = sqlite_run,
    .run_script = sqlite_run_script,
    .in_transaction = sqlite_in_transaction,
    .is_usable = sqlite_is_usable,
    .reset = sqlite_reset,
    .set_timeout = sqlite_set_timeout,
    .interrupt = sqlite_interrupt_now,
    .reports_key = sqlite_reports_key,
    .compares_by_rules = sqlite_compares_by_rules,
    .choose_access_path = sqlite_choose_access_path,
    .next_keys = sqlite_next_keys,
    .describe = sqlite_describe,
    .backup = sqlite_backup,
    .has_field_type = ar_sqlite_has_field_type,
    .type_name = ar_sqlite_type_name,
    .pick = sqlite_pick,
    .dialect =
        {
            .begin_write = "BEGIN IMMEDIATE",
            .begin_read = "BEGIN",
            .begin_snapshot = "BEGIN",
            .isolation = {"", "", "", ""},
            .lock = {"", ""},
            .lock_wait = {"", "", ""},
            .in_select = " IN ",
            .like = " LIKE ",
            .like_end = " ESCAPE '\\'",
            .glob = " GLOB ",
            .fold_to_equal = {"", " COLLATE NOCASE"},
            .fold_to_match = {"", ""},
            .decimal_collation = " COLLATE armature_decimal",
            .in_range = "armature_in_range",
            .in_keys = {" IN (SELECT k0 FROM temp.armature_keys(", "))"},
            .not_in_keys = {" NOT IN (SELECT k0 FROM temp.armature_keys(", "))"},
            .key_table = "temp.armature_keys",
            .key_test = "armature_wanted",
            .returns_ordinals = true,
            .prefers_single_key = true,
            .numbers_key_alone = true,
            .row_table = "temp.armature_rows",
            .explain = "EXPLAIN QUERY PLAN ",
            .explain_column = 3,
            .migration =
                {
                    .exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'armature_migrations'",
                    .create = "CREATE TABLE IF NOT EXISTS armature_migrations (number INTEGER NOT NULL PRIMARY KEY,"
                              " name TEXT NOT NULL, checksum TEXT NOT NULL, step INTEGER NOT NULL,"
                              " is_running INTEGER NOT NULL, applied_at TEXT)",
                    .select = "SELECT number, name, checksum, step, is_running, applied_at FROM armature_migrations"
                              " ORDER BY number",
                    .stop_foreign_keys = "PRAGMA foreign_keys = OFF",
                    .resume_foreign_keys = "PRAGMA foreign_keys = ON",
                    .dangling = "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check",
                    .backup_exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'armature_backup'",
                    .backup_find = "SELECT path FROM armature_backup WHERE path = $1",
                    .backup_create = "CREATE TABLE IF NOT EXISTS armature_backup (path TEXT NOT NULL PRIMARY KEY)",
                    .backup_add = "INSERT INTO armature_backup (path) VALUES ($1)",
                    .backup_drop = "DROP TABLE IF EXISTS armature_backup",
                },
            .columns_query = ar_sqlite_columns_query,
            .keys_query = ar_sqlite_keys_query,
            .ignores_case_of_names = true,
            .checked_query = ar_sqlite_checked_query,
            .note_checked = ar_sqlite_note_checked,
        },
};
