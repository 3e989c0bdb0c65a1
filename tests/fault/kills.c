/* Kill a writing process 200 times, at random moments. Each time, the database contains only complete transactions,
 * including all those that the process had reported. */
#include "support.h"

#include "blog.ar.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLS = 200, REPORTS_MAX = 8 };

#define FILE_NAME "fault-kills.db"

static const char *url(void)
{
    return fixture_is_sqlite() ? "sqlite:" FILE_NAME : getenv("ARMATURE_TEST_URL");
}

static void open_session(struct ar_db **db, struct ar_session **s)
{
    assert_int_equal(ar_db_open(url(), NULL, db), AR_OK);
    assert_int_equal(ar_session_open(*db, NULL, s), AR_OK);
}

static void close_session(struct ar_db *db, struct ar_session *s)
{
    ar_session_close(s);
    ar_db_close(db);
}

/* ---- The writer -------------------------------------------------------------------------------------------------- */

/* Insert two rows in one transaction. */
static enum ar_status write_pair(struct ar_session *s, unsigned kill_number, unsigned pair)
{
    char left[32], right[32];
    enum ar_status status = ar_begin(s);

    snprintf(left, sizeof left, "%u-%u-left", kill_number, pair);
    snprintf(right, sizeof right, "%u-%u-right", kill_number, pair);
    if (status == AR_OK)
        status = article_insert(s, &(struct article){.name = left});
    if (status == AR_OK)
        status = article_insert(s, &(struct article){.name = right});
    return status == AR_OK ? ar_commit(s) : status;
}

/* Write until killed, and report each committed transaction. */
static void write_pairs(unsigned kill_number, int reports)
{
    struct ar_db *db;
    struct ar_session *s;
    char report = '.';

    if (ar_db_open(url(), NULL, &db) != AR_OK || ar_session_open(db, NULL, &s) != AR_OK)
        _exit(1);
    for (unsigned pair = 0; write_pair(s, kill_number, pair) == AR_OK; pair++)
        if (write(reports, &report, 1) != 1)
            _exit(1);
    _exit(1);
}

/* ---- The test ---------------------------------------------------------------------------------------------------- */

/* Start a writer, wait for this many reports, and kill it. Return the number of reports received. */
static size_t kill_writer(unsigned kill_number, size_t wanted)
{
    int ends[2], status;
    char report;
    size_t count = 0;
    pid_t writer;

    assert_int_equal(pipe(ends), 0);
    writer = fork();
    assert_true(writer >= 0);
    if (writer == 0)
        write_pairs(kill_number, ends[1]);
    close(ends[1]);
    while (count < wanted && read(ends[0], &report, 1) == 1)
        count++;
    assert_int_equal(kill(writer, SIGKILL), 0);
    assert_int_equal(waitpid(writer, &status, 0), writer);
    assert_true(WIFSIGNALED(status)); /* killed, instead of exiting with an error */
    while (read(ends[0], &report, 1) == 1)
        count++;
    close(ends[0]);
    return count;
}

static size_t count_rows(struct ar_session *s, const char *prefix, const char *side)
{
    struct article_query *q = article_query(s);
    int64_t count;

    article_where(q, ar_and(ar_starts_with(article_column.name, prefix), ar_ends_with(article_column.name, side)));
    ok(s, article_count(q, &count));
    return (size_t)count;
}

/* The server may still be working for the killed client; the lock waits until it is done. */
static void check_pairs(unsigned kill_number, size_t reported)
{
    struct ar_db *db;
    struct ar_session *s;
    char prefix[16];
    size_t left, right;

    open_session(&db, &s);
    snprintf(prefix, sizeof prefix, "%u-", kill_number);
    ok(s, ar_begin(s));
    if (!fixture_is_sqlite())
        ok(s, ar_execute(s, "LOCK TABLE articles IN SHARE MODE"));
    left = count_rows(s, prefix, "-left");
    right = count_rows(s, prefix, "-right");
    ok(s, ar_commit(s));
    assert_int_equal(left, right);
    assert_in_range(left, reported, reported + 1);
    close_session(db, s);
}

static void test_kills(void **state)
{
    struct ar_db *db;
    struct ar_session *s;

    (void)state;
    open_session(&db, &s);
    ok(s, ar_execute(s, "DROP TABLE IF EXISTS articles"));
    ok(s, ar_create_tables(s, &article_model));
    close_session(db, s);
    for (unsigned i = 0; i < KILLS; i++)
        check_pairs(i, kill_writer(i, i % REPORTS_MAX));
}

static int remove_file(void **state)
{
    (void)state;
    unlink(FILE_NAME);
    unlink(FILE_NAME "-wal");
    unlink(FILE_NAME "-shm");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_kills, remove_file, remove_file)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
