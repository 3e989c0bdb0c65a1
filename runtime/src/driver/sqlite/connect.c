/* Opening connections: functions, settings, the statement cache. */
#include "driver/sqlite/connect.h"

#include "base/clock.h"
#include "driver/sqlite/collation.h"
#include "driver/sqlite/error.h"
#include "driver/sqlite/keys.h"
#include "driver/sqlite/protect.h"
#include "driver/sqlite/range.h"
#include "driver/sqlite/structs.h"
#include "driver/sqlite/uuid.h"

#include <errno.h>
#include <stdlib.h>

void ar_sqlite_disconnect(struct connection *connection)
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
            return ar_sqlite_fail(connection, code, &(struct statement){.sql = pragmas[i].sql}, failure);
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
        return ar_sqlite_fail(connection, code, &(struct statement){.sql = "-- setting up the connection"}, failure);
    if (!ar_sqlite_schema_open(&connection->schema, connection->database) ||
        !ar_statement_cache_open(&connection->statements,
                                 ar_statement_limits(options->statement_cache_size, options->statement_cache_memory),
                                 ar_sqlite_statement_free))
        return ar_fail_no_memory(failure);
    return run_pragmas(connection, options, failure);
}

enum ar_status ar_sqlite_connect(const char *location, const struct ar_db_options *options, bool to_standby,
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
        status = ar_sqlite_fail_open(connection, location, NULL, failure);
        failure->error.code = sqlite3_extended_errcode(connection->database);
    } else {
        status = set_up(connection, options, failure);
    }
    if (status != AR_OK) {
        ar_sqlite_disconnect(connection);
        return status;
    }
    *out = connection;
    return AR_OK;
}
