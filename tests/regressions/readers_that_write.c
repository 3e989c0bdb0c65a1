/* ar_execute wrote in a session with .read_only and, on SQLite, in a read-only transaction. Such writes were not
 * counted for sessions with .replica, and one that was not answered was not an unknown outcome. ar_sql_all, on the
 * other hand, refused every SELECT with the words delete, update or replace, even within strings. */
#include "readers_that_write.ar.h"
#include "support.h"

static const char *const writes[] = {
    "DELETE FROM events",
    "  ; /* a comment */ delete\n-- another one\nfrom events",
    "SELECT 1; DROP TABLE events",
    "UPDATE events SET action = 'x'",
    "INSERT INTO events (action) VALUES ('x')",
    "WITH old AS (SELECT 1 AS id) INSERT INTO events (action) SELECT 'x' FROM old",
    "WITH old AS (DELETE FROM events RETURNING id) SELECT id FROM old",
    "EXPLAIN ANALYZE DELETE /* all */ FROM events",
    "CREATE TABLE other (id INTEGER)",
    "ALTER TABLE events ADD COLUMN other TEXT",
};

static int open_events(void **state)
{
    if (fixture_open(state, &event_model) != 0)
        return -1;
    add_row(*state, &event_model, &(struct event){.action = "delete from"});
    return 0;
}

static void assert_writes_are_refused(struct fixture *f)
{
    int64_t count;

    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        fails(f->s, AR_MISUSE, ar_execute(f->s, writes[i]));
        assert_error_names(f->s, "ar_execute cannot write");
    }
    ok(f->s, event_count(event_query(f->s), &count));
    assert_int_equal(count, 1);
}

static void test_session(void **state)
{
    struct fixture *f = *state;

    reopen_session(f, (struct ar_session_options){.read_only = true});
    assert_writes_are_refused(f);
    ok(f->s, ar_execute(f->s, "SELECT action FROM events"));
    ok(f->s, ar_execute(f->s, fixture_is_sqlite() ? "PRAGMA cache_size = 100" : "SET work_mem = '1MB'"));
}

static void test_transaction(void **state)
{
    struct fixture *f = *state;

    ok(f->s, ar_begin_with(f->s, &(struct ar_transaction_options){.read_only = true}));
    assert_writes_are_refused(f);
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_execute(f->s, writes[0]));
}

static void test_words_within_a_select(void **state)
{
    static const char *const selects[] = {
        "SELECT replace(action, 'delete', 'insert into') AS line FROM events WHERE action <> 'update'",
        "SELECT 'insert into' AS line FROM events -- update",
        "WITH \"update\" AS (SELECT action FROM events) SELECT action AS line FROM \"update\"",
    };
    struct fixture *f = *state;
    struct ar_list list;

    reopen_session(f, (struct ar_session_options){.read_only = true, .replica = true});
    for (size_t i = 0; i < sizeof selects / sizeof *selects; i++) {
        ok(f->s, ar_sql_all(f->s, &event_line_row, selects[i], NULL, 0, &list));
        assert_int_equal(list.count, 1);
    }
    fails(f->s, AR_MISUSE,
          ar_sql_all(f->s, &event_line_row, "DELETE FROM events RETURNING action AS line", NULL, 0, &list));
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_events, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_session),
        test(test_transaction),
        test(test_words_within_a_select),
    };
    return cmocka_run_group_tests_name("readers_that_write", tests, NULL, NULL);
}
