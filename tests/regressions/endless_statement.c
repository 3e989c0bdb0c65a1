/* A statement that never ends: with .timeout_ms its call returns, and the session remains usable. */
#include "endless_statement.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static int open_pages(void **state)
{
    if (fixture_open_file(state, &page_model, &note_model) != 0)
        return -1;
    add_row(*state, &page_model, &(struct page){.title = "first"});
    return 0;
}

/* Run for minutes unless interrupted. */
static enum ar_status run_long(struct ar_session *s)
{
    return ar_execute(s, fixture_is_sqlite() ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
                                               " FROM n WHERE i < 10000000000) SELECT count(*) FROM n"
                                             : "SELECT pg_sleep(600)");
}

static enum ar_status begin_and_insert(struct ar_session *s)
{
    struct page page = {.title = "never written"};
    enum ar_status status = ar_begin(s), end;
    if (status != AR_OK)
        return status;
    status = page_insert(s, &page);
    if (status == AR_OK)
        return AR_OK;
    end = ar_rollback(s);
    return end == AR_OK ? status : end;
}

static void assert_works(struct ar_session *s)
{
    struct page *page;
    int64_t count;
    ok_in_time(s, page_find(s, 1, &page));
    ok_in_time(s, page_count(page_query(s), &count));
    assert_int_equal(count, 1);
}

static void test_timeout_of_the_session(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.timeout_ms = 100});
    for (int i = 0; i < 2; i++) {
        fails(f->s, AR_INTERRUPTED, run_long(f->s));
        assert_error_names(f->s, "timeout_ms");
        assert_error_names(f->s, "100");
        assert_works(f->s);
        ar_session_clear(f->s);
    }
    /* One that exceeds the time to wait for a lock does not change that. */
    reopen_session(f, (struct ar_session_options){.timeout_ms = 600000});
    assert_works(f->s);
}

static void test_timeout_of_the_database(void **state)
{
    struct fixture *f = *state;
    const struct ar_db_options options = {.timeout_ms = 100};
    char url[512];
    struct ar_db *db;
    struct ar_session *s;
    if (f->file != NULL)
        snprintf(url, sizeof url, "sqlite:%s", f->file);
    else
        snprintf(url, sizeof url, "%s", getenv("ARMATURE_TEST_URL"));
    assert_int_equal(ar_db_open(url, &options, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    fails(s, AR_INTERRUPTED, run_long(s));
    assert_error_names(s, "timeout_ms");
    assert_works(s);
    ar_session_close(s);
    ar_db_close(db);
}

/* The transaction has ended. */
static void test_timeout_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.timeout_ms = 100});
    ok_in_time(f->s, begin_and_insert(f->s));
    fails(f->s, AR_INTERRUPTED, run_long(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_works(f->s);
}

/* Wait for a lock that is not released in time. */
static void test_timeout_while_another_writes(void **state)
{
    struct fixture *f = *state;
    struct page *page;
    enum ar_status status;
    reopen_session(f, (struct ar_session_options){.timeout_ms = 100});
    ok(f->other, ar_begin(f->other));
    ok(f->other, page_find(f->other, 1, &page));
    page->title = "other's";
    ok(f->other, page_save(f->other, page));
    ok_in_time(f->s, page_find(f->s, 1, &page));
    page->title = "mine";
    status = page_save(f->s, page);
    assert_int_equal(status, fixture_is_sqlite() ? AR_BUSY : AR_INTERRUPTED);
    ok(f->other, ar_rollback(f->other));
    ok_in_time(f->s, page_save(f->s, page));
}

/* A load first queries SQLite's schema, long after the deadline of the previous statement. With this many indexes, the
 * query runs long enough for SQLite to check the clock. */
static void test_load_after_a_timeout(void **state)
{
    struct fixture *f = *state;
    struct page_list pages;
    struct note_list notes;
    char sql[80];
    add_row(f, &page_model, &(struct page){.title = "second"});
    for (int i = 0; i < 400 && fixture_is_sqlite(); i++) {
        (void)snprintf(sql, sizeof sql, "CREATE INDEX notes_text_%d ON notes (text)", i);
        run_sql(f, sql);
    }
    reopen_session(f, (struct ar_session_options){.timeout_ms = 100});
    ok_in_time(f->s, page_all(page_query(f->s), &pages));
    fails(f->s, AR_INTERRUPTED, run_long(f->s));
    ok_in_time(f->s, page_notes(f->s, pages.items[1], &notes));
    assert_int_equal(notes.count, 0);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_pages, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_timeout_of_the_session),       test(test_timeout_in_a_transaction),
        test(test_timeout_while_another_writes), test(test_timeout_of_the_database),
        test(test_load_after_a_timeout),
    };
    return cmocka_run_group_tests_name("endless_statement", tests, NULL, NULL);
}
