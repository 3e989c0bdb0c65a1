/* Reading the file of a trace. */
#include "trace_file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *new_trace(void)
{
    static char path[64];

    snprintf(path, sizeof path, "trace-%ld.db", (long)getpid());
    (void)unlink(path);
    return path;
}

void open_trace(struct fixture *f, const char *path)
{
    if (ar_trace_open(f->db, path) != AR_OK)
        fail_msg("%s", ar_db_error(f->db)->message);
}

void close_trace(struct fixture *f)
{
    if (ar_trace_close(f->db) != AR_OK)
        fail_msg("%s", ar_db_error(f->db)->message);
}

static void add(char *result, size_t size, const char *text)
{
    size_t length = strlen(result);

    snprintf(result + length, size - length, "%s", text);
}

const char *query_trace(const char *path, const char *sql)
{
    static char result[16384];
    sqlite3 *db;
    sqlite3_stmt *statement;

    result[0] = '\0';
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const char *text = (const char *)sqlite3_column_text(statement, i);
            add(result, sizeof result, i > 0 ? "|" : "");
            add(result, sizeof result, text != NULL ? text : "");
        }
        add(result, sizeof result, "\n");
    }
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return result;
}
