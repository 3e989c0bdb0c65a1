/* The file of a trace. Nothing is synchronized to the disk: a trace need not survive a power failure. The file is
 * locked until it is closed, so that two traces never write to one file. */
#include "trace/file.h"

#include "base/clock.h"
#include "base/text_buffer.h"

#include <armature/armature.h>
#include <sqlite3.h>
#include <time.h>

static const char *reason_name(enum ar_reason reason)
{
    static const char *const names[] = {
        [AR_REASON_QUERY] = "query",
        [AR_REASON_LAZY] = "lazy",
        [AR_REASON_EAGER] = "eager",
        [AR_REASON_EXPLICIT] = "explicit",
        [AR_REASON_SAVE] = "save",
        [AR_REASON_SCHEMA] = "schema",
        [AR_REASON_TRANSACTION] = "transaction",
    };

    return names[reason];
}

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

static enum ar_status fail(const struct trace_file *file, enum ar_status status, struct failure *failure)
{
    int code = sqlite3_errcode(file->db);

    if (code == SQLITE_NOMEM)
        return ar_fail_no_memory(failure);
    (void)ar_fail(failure, status, NULL, NULL, "the trace cannot be written: %s", sqlite3_errmsg(file->db));
    failure->error.code = sqlite3_extended_errcode(file->db);
    return status;
}

static bool execute(const struct trace_file *file, const char *sql)
{
    return sqlite3_exec(file->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* Run a statement that returns one number. */
static bool read_number(const struct trace_file *file, const char *sql, int64_t *out)
{
    sqlite3_stmt *statement;
    bool is_read =
        sqlite3_prepare_v2(file->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;

    *out = is_read ? sqlite3_column_int64(statement, 0) : 0;
    return sqlite3_finalize(statement) == SQLITE_OK && is_read;
}

static bool prepare(const struct trace_file *file, const char *sql, sqlite3_stmt **out)
{
    return sqlite3_prepare_v3(file->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) == SQLITE_OK;
}

/* Run a prepared statement that returns nothing. */
static bool run(sqlite3_stmt *statement)
{
    (void)sqlite3_step(statement);
    return sqlite3_reset(statement) == SQLITE_OK;
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    (void)sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC); /* on failure, the value is NULL */
}

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static const char *const schema =
    "CREATE TABLE trace (armature TEXT NOT NULL, database TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT, "
    "error TEXT);"
    "CREATE TABLE sql (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);"
    "CREATE TABLE statement (id INTEGER PRIMARY KEY, session INTEGER NOT NULL, sql INTEGER NOT NULL REFERENCES sql, "
    "reason TEXT NOT NULL, model TEXT, relation TEXT, started_ns INTEGER NOT NULL, duration_ns INTEGER NOT NULL, "
    "rows INTEGER NOT NULL, status TEXT NOT NULL, is_read INTEGER);";

/* Take the lock of the file, which is kept until it is closed. */
static enum ar_status lock(const struct trace_file *file, const char *path, struct failure *failure)
{
    if (execute(file, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; BEGIN EXCLUSIVE; COMMIT"))
        return AR_OK;
    switch (sqlite3_errcode(file->db)) {
    case SQLITE_BUSY:
        return ar_fail(failure, AR_BUSY, NULL, NULL, "%s is in use: another program is recording a trace in it", path);
    case SQLITE_NOTADB:
        return ar_fail(failure, AR_MISUSE, NULL, NULL, "%s exists and is not a trace: it is not overwritten", path);
    default:
        return fail(file, AR_UNAVAILABLE, failure);
    }
}

/* Remove the contents of an existing trace. Other files are not touched. */
static enum ar_status empty(const struct trace_file *file, const char *path, struct failure *failure)
{
    int64_t objects, application;

    if (!read_number(file, "SELECT count(*) FROM sqlite_schema", &objects) ||
        !read_number(file, "PRAGMA application_id", &application))
        return fail(file, AR_UNAVAILABLE, failure);
    if (objects == 0)
        return AR_OK;
    if (application != AR_TRACE_APPLICATION)
        return ar_fail(failure, AR_MISUSE, NULL, NULL, "%s exists and is not a trace: it is not overwritten", path);
    (void)sqlite3_db_config(file->db, SQLITE_DBCONFIG_RESET_DATABASE, 1, NULL);
    if (!execute(file, "VACUUM"))
        return fail(file, AR_UNAVAILABLE, failure);
    (void)sqlite3_db_config(file->db, SQLITE_DBCONFIG_RESET_DATABASE, 0, NULL);
    return AR_OK;
}

/* Write the current time in UTC. */
static void write_time(char *to, size_t size)
{
    struct timespec now = ar_wall_clock();
    struct tm parts;

    (void)gmtime_r(&now.tv_sec, &parts);
    (void)strftime(to, size, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static bool create_tables(const struct trace_file *file, const char *database)
{
    char pragmas[128], now[32];
    struct text_buffer buffer = {pragmas, sizeof pragmas, 0};
    sqlite3_stmt *statement;
    bool is_done;

    ar_text_buffer_add(&buffer, "PRAGMA application_id = %d; PRAGMA user_version = %d", AR_TRACE_APPLICATION,
                       AR_TRACE_VERSION);
    if (!execute(file, pragmas) || !execute(file, schema) ||
        !prepare(file, "INSERT INTO trace (armature, database, opened_at) VALUES (?, ?, ?)", &statement))
        return false;
    write_time(now, sizeof now);
    bind_text(statement, 1, ARMATURE_VERSION);
    bind_text(statement, 2, database);
    bind_text(statement, 3, now);
    is_done = run(statement);
    (void)sqlite3_finalize(statement);
    return is_done;
}

static bool prepare_all(struct trace_file *file)
{
    return prepare(file, "INSERT OR IGNORE INTO sql (text) VALUES (?)", &file->add_text) &&
           prepare(file, "SELECT id FROM sql WHERE text = ?", &file->find_text) &&
           prepare(file,
                   "INSERT INTO statement (id, session, sql, reason, model, relation, started_ns, duration_ns, rows, "
                   "status, is_read) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   &file->add_statement) &&
           prepare(file, "UPDATE statement SET is_read = 1 WHERE id = ?", &file->add_read);
}

static enum ar_status set_up(struct trace_file *file, const char *path, const char *database, struct failure *failure)
{
    enum ar_status status = lock(file, path, failure);

    if (status == AR_OK)
        status = empty(file, path, failure);
    if (status != AR_OK)
        return status;
    if (!execute(file, "BEGIN") || !create_tables(file, database) || !execute(file, "COMMIT") || !prepare_all(file))
        return fail(file, AR_UNAVAILABLE, failure);
    return AR_OK;
}

enum ar_status ar_trace_file_open(struct trace_file *file, const char *path, const char *database,
                                  struct failure *failure)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    enum ar_status status;

    *file = (struct trace_file){.db = NULL};
    if (sqlite3_open_v2(path, &file->db, flags, NULL) == SQLITE_OK)
        status = set_up(file, path, database, failure);
    else if (file->db == NULL)
        status = ar_fail_no_memory(failure);
    else
        status = ar_fail(failure, AR_UNAVAILABLE, NULL, NULL, "%s: %s", path, sqlite3_errmsg(file->db));
    if (status != AR_OK)
        ar_trace_file_close(file);
    return status;
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

/* Find or give a text's number in the file. */
static bool write_text(const struct trace_file *file, struct trace_text *text)
{
    bool is_found;

    if (text->id != 0)
        return true;
    bind_text(file->add_text, 1, text->text);
    bind_text(file->find_text, 1, text->text);
    is_found = run(file->add_text) && sqlite3_step(file->find_text) == SQLITE_ROW;
    if (is_found)
        text->id = sqlite3_column_int64(file->find_text, 0);
    return sqlite3_reset(file->find_text) == SQLITE_OK && is_found;
}

/* Bind "owner.relation", or NULL. */
static void bind_relation(sqlite3_stmt *statement, int index, const struct ar_relation *relation)
{
    char name[256];
    struct text_buffer buffer = {name, sizeof name, 0};

    if (relation == NULL) {
        (void)sqlite3_bind_null(statement, index);
        return;
    }
    ar_text_buffer_add(&buffer, "%s.%s", relation->owner->name, relation->name);
    (void)sqlite3_bind_text(statement, index, name, -1, SQLITE_TRANSIENT);
}

static bool write_statement(const struct trace_file *file, const struct trace_event *event, uint64_t opened)
{
    sqlite3_stmt *statement = file->add_statement;

    if (!write_text(file, event->text))
        return false;
    (void)sqlite3_bind_int64(statement, 1, (int64_t)event->statement);
    (void)sqlite3_bind_int64(statement, 2, (int64_t)event->session);
    (void)sqlite3_bind_int64(statement, 3, event->text->id);
    bind_text(statement, 4, reason_name(event->reason));
    bind_text(statement, 5, event->model != NULL ? event->model->name : NULL);
    bind_relation(statement, 6, event->relation);
    (void)sqlite3_bind_int64(statement, 7, (int64_t)(event->started - opened));
    (void)sqlite3_bind_int64(statement, 8, (int64_t)event->duration);
    (void)sqlite3_bind_int64(statement, 9, (int64_t)event->rows);
    bind_text(statement, 10, ar_status_name(event->status));
    if (event->loads)
        (void)sqlite3_bind_int(statement, 11, 0);
    else
        (void)sqlite3_bind_null(statement, 11);
    return run(statement);
}

static bool write_event(const struct trace_file *file, const struct trace_event *event, uint64_t opened)
{
    if (event->sql != NULL)
        return write_statement(file, event, opened);
    (void)sqlite3_bind_int64(file->add_read, 1, (int64_t)event->statement);
    return run(file->add_read);
}

enum ar_status ar_trace_file_write(struct trace_file *file, const struct trace_batch *batch, uint64_t opened,
                                   struct failure *failure)
{
    bool is_written = execute(file, "BEGIN");
    enum ar_status status;

    for (size_t i = 0; i < batch->count && is_written; i++)
        is_written = write_event(file, &batch->events[i], opened);
    if (is_written && execute(file, "COMMIT"))
        return AR_OK;
    status = fail(file, AR_DATABASE, failure);
    (void)execute(file, "ROLLBACK");
    return status;
}

enum ar_status ar_trace_file_finish(struct trace_file *file, const char *error, struct failure *failure)
{
    sqlite3_stmt *statement;
    char now[32];
    bool is_written;

    if (!prepare(file, "UPDATE trace SET closed_at = ?, error = ?", &statement))
        return fail(file, AR_DATABASE, failure);
    write_time(now, sizeof now);
    bind_text(statement, 1, now);
    bind_text(statement, 2, error);
    is_written = run(statement);
    (void)sqlite3_finalize(statement);
    return is_written ? AR_OK : fail(file, AR_DATABASE, failure);
}

void ar_trace_file_close(struct trace_file *file)
{
    (void)sqlite3_finalize(file->add_text);
    (void)sqlite3_finalize(file->find_text);
    (void)sqlite3_finalize(file->add_statement);
    (void)sqlite3_finalize(file->add_read);
    (void)sqlite3_close(file->db);
    *file = (struct trace_file){.db = NULL};
}
