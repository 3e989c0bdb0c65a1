/* A statement that takes for ever: with .timeout_ms its call returns, and the session goes on. */
#include "endless_statement.ar.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static int open_pages(void **state)
{
    if (fixture_open_file(state, &page_model, &note_model) != 0)
        return -1;
    add_row(*state, &page_model, &(struct page){.title = "first"});
    return 0;
}

/* Runs for minutes if nothing ends it. */
static enum ar_status run_long(struct ar_session *s)
{
    return ar_execute(s, fixture_is_sqlite() ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
                                               " FROM n WHERE i < 10000000000) SELECT count(*) FROM n"
                                             : "SELECT pg_sleep(600)");
}

static void assert_works(struct fixture *f)
{
    struct page *page;
    int64_t count;
    ok(f->s, page_find(f->s, 1, &page));
    ok(f->s, page_count(page_query(f->s), &count));
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
        assert_works(f);
        ar_session_clear(f->s);
    }
}

static void test_timeout_of_the_database(void **state)
{
    struct fixture *f = *state;
    const char *url = f->db != NULL && !fixture_is_sqlite() ? NULL : "sqlite::memory:";
    void *own;
    static const struct ar_model *const models[] = {&page_model};
    const struct ar_db_options options = {.timeout_ms = 100};
    assert_int_equal(fixture_open_with(&own, url, &options, models, 1), 0);
    struct fixture *limited = own;
    add_row(limited, &page_model, &(struct page){.title = "first"});
    fails(limited->s, AR_INTERRUPTED, run_long(limited->s));
    assert_error_names(limited->s, "timeout_ms");
    assert_works(limited);
    fixture_close(&own);
}

/* What was open is over. */
static void test_timeout_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct page page = {.title = "never written"};
    reopen_session(f, (struct ar_session_options){.timeout_ms = 100});
    ok(f->s, ar_begin(f->s));
    ok(f->s, page_insert(f->s, &page));
    fails(f->s, AR_INTERRUPTED, run_long(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_works(f);
}

/* A lock that is not free in time. */
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
    ok(f->s, page_find(f->s, 1, &page));
    page->title = "mine";
    status = page_save(f->s, page);
    assert_int_equal(status, fixture_is_sqlite() ? AR_BUSY : AR_INTERRUPTED);
    ok(f->other, ar_rollback(f->other));
    ok(f->s, page_save(f->s, page));
}

/* SQLite is asked about the schema before a load: by then the time of the statement before is long up. With so many
 * indexes the answer takes SQLite long enough to look at the clock. */
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
    ok(f->s, page_all(page_query(f->s), &pages));
    fails(f->s, AR_INTERRUPTED, run_long(f->s));
    ok(f->s, page_notes(f->s, pages.items[1], &notes));
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
