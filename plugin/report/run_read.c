/* Reads a recorded run. The sums are made by SQL; each list has one query, in an order that depends on the file alone.
 */
#include "report/run_read.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* As runtime/src/trace/file.h has them. */
enum { TRACE_VERSION = 1, TRACE_APPLICATION = 0x41725472 };

struct reader {
    struct arena *arena;
    sqlite3 *database;
    struct run *run;
};

/* ---- Values ------------------------------------------------------------------------------------------------------ */

/* Return the value, or NULL. */
static const char *text_of(const struct reader *reader, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text != NULL ? arena_text(reader->arena, text) : NULL;
}

/* Return the value, or "": columns that the layout declares NOT NULL. */
static const char *string_of(const struct reader *reader, sqlite3_stmt *row, int column)
{
    const char *text = text_of(reader, row, column);
    return text != NULL ? text : "";
}

/* Return the value; a file by another program may have a negative one, or a string. */
static uint64_t number_of(sqlite3_stmt *row, int column)
{
    int64_t number = sqlite3_column_int64(row, column);
    return number > 0 ? (uint64_t)number : 0;
}

/* Call the function for each row. Return false if the statement fails. */
static bool each_row(const struct reader *reader, const char *sql,
                     void (*add)(const struct reader *reader, sqlite3_stmt *row))
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(reader->database, sql, -1, &statement, NULL) != SQLITE_OK)
        return false;
    while (sqlite3_step(statement) == SQLITE_ROW)
        add(reader, statement);
    return sqlite3_finalize(statement) == SQLITE_OK;
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

static void add_header(const struct reader *reader, sqlite3_stmt *row)
{
    struct run *run = reader->run;
    run->armature = string_of(reader, row, 0);
    run->database = string_of(reader, row, 1);
    run->opened_at = string_of(reader, row, 2);
    run->closed_at = text_of(reader, row, 3);
    run->error = text_of(reader, row, 4);
}

static void add_sums(const struct reader *reader, sqlite3_stmt *row)
{
    struct run *run = reader->run;
    run->count = number_of(row, 0);
    run->sessions = number_of(row, 1);
    run->rows = number_of(row, 2);
    run->total = number_of(row, 3);
}

static void add_reason(const struct reader *reader, sqlite3_stmt *row)
{
    struct run *run = reader->run;
    list_add(reader->arena, run->reasons, run->reason_count) = (struct run_reason){
        .name = string_of(reader, row, 0),
        .count = number_of(row, 1),
        .total = number_of(row, 2),
    };
}

static void add_group(const struct reader *reader, sqlite3_stmt *row)
{
    struct run *run = reader->run;
    list_add(reader->arena, run->groups, run->group_count) = (struct run_group){
        .sql = string_of(reader, row, 0),
        .reason = string_of(reader, row, 1),
        .model = text_of(reader, row, 2),
        .relation = text_of(reader, row, 3),
        .count = number_of(row, 4),
        .failures = number_of(row, 5),
        .rows = number_of(row, 6),
        .total = number_of(row, 7),
        .longest = number_of(row, 8),
    };
}

static void add_slow(const struct reader *reader, sqlite3_stmt *row)
{
    struct run *run = reader->run;
    list_add(reader->arena, run->slowest, run->slowest_count) = (struct run_statement){
        .sql = string_of(reader, row, 0),
        .reason = string_of(reader, row, 1),
        .model = text_of(reader, row, 2),
        .relation = text_of(reader, row, 3),
        .number = number_of(row, 4),
        .session = number_of(row, 5),
        .started = number_of(row, 6),
        .duration = number_of(row, 7),
        .rows = number_of(row, 8),
    };
}

static void add_repeat(const struct reader *reader, sqlite3_stmt *row)
{
    struct run *run = reader->run;
    list_add(reader->arena, run->repeats, run->repeat_count) = (struct run_repeat){
        .sql = string_of(reader, row, 0),
        .reason = string_of(reader, row, 1),
        .model = text_of(reader, row, 2),
        .relation = text_of(reader, row, 3),
        .sessions = number_of(row, 4),
        .most = number_of(row, 5),
        .count = number_of(row, 6),
        .total = number_of(row, 7),
    };
}

static void add_unread(const struct reader *reader, sqlite3_stmt *row)
{
    struct run *run = reader->run;
    list_add(reader->arena, run->unread, run->unread_count) = (struct run_unread){
        .relation = string_of(reader, row, 0),
        .reason = string_of(reader, row, 1),
        .loads = number_of(row, 2),
        .unread = number_of(row, 3),
        .rows = number_of(row, 4),
        .total = number_of(row, 5),
    };
}

static void add_failure(const struct reader *reader, sqlite3_stmt *row)
{
    struct run *run = reader->run;
    list_add(reader->arena, run->failures, run->failure_count) = (struct run_failure){
        .sql = string_of(reader, row, 0),
        .status = string_of(reader, row, 1),
        .reason = string_of(reader, row, 2),
        .count = number_of(row, 3),
    };
}

#define JOINED "FROM statement JOIN sql ON sql.id = statement.sql "

static const struct {
    const char *sql;
    void (*add)(const struct reader *reader, sqlite3_stmt *row);
} queries[] = {
    {"SELECT armature, database, opened_at, closed_at, error FROM trace", add_header},
    {"SELECT count(*), count(DISTINCT session), total(rows), total(duration_ns) FROM statement", add_sums},
    {"SELECT reason, count(*), sum(duration_ns) FROM statement GROUP BY reason ORDER BY 3 DESC, 1", add_reason},
    {"SELECT text, reason, model, relation, count(*), sum(status <> 'AR_OK'), sum(rows), sum(duration_ns), "
     "max(duration_ns) " JOINED "GROUP BY 1, 2, 3, 4 ORDER BY 8 DESC, 1, 2, 3, 4",
     add_group},
    {"SELECT text, reason, model, relation, statement.id, session, started_ns, duration_ns, rows " JOINED
     "ORDER BY duration_ns DESC, statement.id LIMIT 10",
     add_slow},
    {"SELECT text, reason, model, relation, count(*), max(times), sum(times), sum(total) FROM "
     "(SELECT text, reason, model, relation, count(*) AS times, sum(duration_ns) AS total " JOINED
     "WHERE reason <> 'transaction' GROUP BY session, 1, 2, 3, 4 HAVING count(*) >= 5) "
     "GROUP BY 1, 2, 3, 4 ORDER BY 7 DESC, 8 DESC, 1, 2, 3, 4",
     add_repeat},
    {"SELECT relation, reason, count(*), sum(is_read = 0), sum(rows * (is_read = 0)), sum(duration_ns * (is_read = 0)) "
     "FROM statement WHERE is_read IS NOT NULL AND relation IS NOT NULL GROUP BY 1, 2 HAVING sum(is_read = 0) > 0 "
     "ORDER BY 6 DESC, 1, 2",
     add_unread},
    {"SELECT text, status, reason, count(*) " JOINED
     "WHERE status <> 'AR_OK' GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3",
     add_failure},
};

_Static_assert(RUN_REPEATS == 5, "the query of repeats has this number");

/* ---- The file ---------------------------------------------------------------------------------------------------- */

static bool read_pragma(const struct reader *reader, const char *sql, int64_t *out)
{
    sqlite3_stmt *statement;
    bool done = sqlite3_prepare_v2(reader->database, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW;
    *out = done ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return done;
}

/* Return the reason for SQLite's latest failure. */
static const char *failure(const struct reader *reader)
{
    switch (sqlite3_errcode(reader->database)) {
    case SQLITE_BUSY:
        return "it is being written: end the program that records it, or call ar_trace_close";
    case SQLITE_NOTADB:
        return "it is not a trace: ar_trace_open writes SQLite files";
    default:
        return arena_print(reader->arena, "it cannot be read: %s", sqlite3_errmsg(reader->database));
    }
}

/* Return why the file is not a trace that this tool can read; NULL if it is. */
static const char *refuse(const struct reader *reader)
{
    int64_t application, version, pages;
    if (!read_pragma(reader, "PRAGMA application_id", &application) ||
        !read_pragma(reader, "PRAGMA user_version", &version) || !read_pragma(reader, "PRAGMA page_count", &pages))
        return failure(reader);
    if (pages == 0)
        return "it is empty: no trace was recorded in it";
    if (application != TRACE_APPLICATION)
        return "it is a SQLite database, but not a trace: ar_trace_open writes those";
    if (version > TRACE_VERSION)
        return arena_print(reader->arena,
                           "it was written by a newer version of Armature: its layout is %lld, and this tool reads %d",
                           (long long)version, TRACE_VERSION);
    return NULL;
}

/* Return why the file cannot be read, or NULL. */
static const char *read_all(const struct reader *reader)
{
    const char *error = refuse(reader);
    for (size_t i = 0; i < sizeof queries / sizeof *queries && error == NULL; i++)
        if (!each_row(reader, queries[i].sql, queries[i].add))
            error = failure(reader);
    return error == NULL && reader->run->armature == NULL ? "it is incomplete: the recording ended as it began" : error;
}

struct run *run_read(struct arena *arena, const char *path, const char **error)
{
    struct reader reader = {.arena = arena, .run = arena_take(arena, sizeof *reader.run)};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        *error = strerror(errno);
        return NULL;
    }
    close(file);
    /* Writable, if it is: the program may have ended while it wrote, and SQLite then restores the file. */
    if (sqlite3_open_v2(path, &reader.database, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        *error = read_all(&reader);
    else
        *error = arena_print(arena, "it cannot be read: %s", sqlite3_errmsg(reader.database));
    sqlite3_close(reader.database);
    return *error == NULL ? reader.run : NULL;
}
