/* Makes the traces of the tests of pages: by running hostile SQL, or by changing what a trace contains.
 *
 *   make_trace FILE hostile | repeats | empty | newer | unclosed | other | negative | incomplete */
#include <armature/armature.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check(bool is_done, const char *what)
{
    if (is_done)
        return;
    fprintf(stderr, "make_trace: %s\n", what);
    exit(1);
}

static struct ar_db *open_traced(const char *path)
{
    struct ar_db *db;

    check(ar_db_open("sqlite::memory:", NULL, &db) == AR_OK, "ar_db_open");
    check(ar_trace_open(db, path) == AR_OK, ar_db_error(db)->message);
    return db;
}

static void close_traced(struct ar_db *db)
{
    check(ar_trace_close(db) == AR_OK, ar_db_error(db)->message);
    ar_db_close(db);
}

static void change(const char *path, const char *sql)
{
    sqlite3 *file;

    check(sqlite3_open(path, &file) == SQLITE_OK && sqlite3_exec(file, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
    sqlite3_close(file);
}

/* Everything in the trace is markup: SQL that ran, and names that only another program can have put there. */
static void make_hostile(const char *path)
{
    struct ar_db *db = open_traced(path);
    struct ar_session *s;

    check(ar_session_open(db, NULL, &s) == AR_OK, "ar_session_open");
    for (int i = 0; i < 6; i++)
        check(ar_execute(s, "SELECT '</code></td><script>document.title=\"owned\"</script>'") == AR_OK, "ar_execute");
    check(ar_execute(s, "nonsense <img src=x onerror=document.title=\"owned\">") == AR_DATABASE, "nonsense");
    ar_session_close(s);
    close_traced(db);
    change(path, "UPDATE statement SET model = '<script>document.title=4</script>', is_read = 0, "
                 "relation = 'evil.<script>document.title=5</script>', "
                 "reason = reason || '\" onmouseover=\"document.title=6';"
                 "UPDATE trace SET error = '<script>document.title=7</script>', closed_at = '<b>', opened_at = '<b>'");
}

/* Statements that were repeated for each reason, and relations that were loaded and not read. */
static void make_repeats(const char *path)
{
    struct ar_db *db = open_traced(path);
    struct ar_session *s;

    check(ar_session_open(db, NULL, &s) == AR_OK, "ar_session_open");
    for (int i = 0; i < 20; i++) {
        static const char *const statements[] = {"SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4"};
        check(ar_execute(s, statements[i % 4]) == AR_OK, "ar_execute");
    }
    ar_session_close(s);
    close_traced(db);
    change(path,
           "UPDATE statement SET reason = CASE id % 4 WHEN 0 THEN 'lazy' WHEN 1 THEN 'explicit' WHEN 2 THEN 'save'"
           " ELSE 'query' END, model = 'issue', relation = CASE id % 4 WHEN 0 THEN 'issue.labels'"
           " WHEN 1 THEN 'gone.labels' END, is_read = 0");
}

/* The program ends, and its trace is not closed. */
static void make_unclosed(const char *path)
{
    close_traced(open_traced(path));
    change(path, "UPDATE trace SET closed_at = NULL");
}

int main(int argc, char **argv)
{
    check(argc == 3, "two arguments are needed");
    const char *path = argv[1], *kind = argv[2];

    (void)unlink(path);
    if (strcmp(kind, "hostile") == 0)
        make_hostile(path);
    else if (strcmp(kind, "repeats") == 0)
        make_repeats(path);
    else if (strcmp(kind, "negative") == 0)
        change(path, "CREATE TABLE t (a); PRAGMA application_id = -1");
    else if (strcmp(kind, "unclosed") == 0)
        make_unclosed(path);
    else if (strcmp(kind, "other") == 0)
        change(path, "CREATE TABLE statement (id INTEGER PRIMARY KEY)");
    else
        close_traced(open_traced(path));
    if (strcmp(kind, "newer") == 0)
        change(path, "PRAGMA user_version = 2");
    if (strcmp(kind, "incomplete") == 0)
        change(path, "DROP TABLE statement");
    return 0;
}
