/* Programs that opened a new SQLite database at the same time failed with AR_BUSY, because SQLite does not wait for the
 * lock that a change to WAL needs. */
#include "support.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROGRAMS = 8, ROUNDS = 20 };

/* Open the database when the pipe is closed, which all programs see at the same time. */
static _Noreturn void open_in_child(const char *url, int start)
{
    struct ar_db *db;
    char ignored;
    bool is_open = read(start, &ignored, 1) == 0 && ar_db_open(url, NULL, &db) == AR_OK;

    exit_child(is_open ? 0 : 1);
}

static void open_at_once(const char *url)
{
    int start[2];

    assert_int_equal(pipe(start), 0);
    for (int i = 0; i < PROGRAMS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            (void)close(start[1]);
            open_in_child(url, start[0]);
        }
    }
    (void)close(start[0]);
    (void)close(start[1]);
    for (int i = 0; i < PROGRAMS; i++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
}

static void test_all_open(void **state)
{
    const char *url = getenv("ARMATURE_TEST_URL");

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        open_at_once(url != NULL ? url : "sqlite:at_once.db");
        (void)unlink("at_once.db");
        (void)unlink("at_once.db-wal");
        (void)unlink("at_once.db-shm");
    }
}

/* A reader of another program keeps the file from changing to WAL: this is AR_BUSY, until it ends. */
static void test_while_it_is_read(void **state)
{
    const char *url = "sqlite:at_once.db";
    const struct ar_db_options impatient = {.busy_timeout_ms = 20};
    sqlite3 *reader;
    struct ar_db *db;

    (void)state;
    if (getenv("ARMATURE_TEST_URL") != NULL)
        return;
    assert_int_equal(sqlite3_open("at_once.db", &reader), SQLITE_OK);
    assert_int_equal(sqlite3_exec(reader, "CREATE TABLE notes (text text)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT * FROM notes", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(ar_db_open(url, &impatient, &db), AR_BUSY);
    assert_non_null(strstr(ar_db_error(db)->message, "another connection holds the lock; busy_timeout_ms is 20"));
    ar_db_close(db);
    assert_int_equal(sqlite3_exec(reader, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(ar_db_open(url, &impatient, &db), AR_OK);
    ar_db_close(db);
    assert_int_equal(sqlite3_close(reader), SQLITE_OK);
    (void)unlink("at_once.db");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_open),
        cmocka_unit_test(test_while_it_is_read),
    };

    return cmocka_run_group_tests_name("opened_at_once", tests, NULL, NULL);
}
