/* Broken connections: the server process is terminated, or the connection is cut at any byte. Each failure is reported
 * as AR_UNAVAILABLE once, and the session continues with another connection. */
#include "data.h"
#include "proxy.h"
#include "server.h"

#include <string.h>

static struct administrator administrator;
static struct proxy *proxy;

static int open_all(void **state)
{
    (void)state;
    administrator_open(&administrator);
    proxy = proxy_start(server_url("&application_name=victim"));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    proxy_stop(proxy);
    administrator_close(&administrator);
    return 0;
}

static const struct ar_model *const models[] = {&user_model, &post_model, &comment_model, &order_model,
                                                &order_item_model};

/* Open a database with D3 whose connections have the application_name "victim". */
static int open_victims(void **state)
{
    const char *url = server_url("&application_name=victim");
    if (fixture_open_with(state, url, NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    given_d3(*state);
    return 0;
}

/* Open the same database through the proxy. */
static int open_behind_proxy(void **state)
{
    if (fixture_open_with(state, proxy_url(proxy, ""), NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    given_d3(*state);
    return 0;
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_victims, fixture_close)
#define test_behind_proxy(function) cmocka_unit_test_setup_teardown(function, open_behind_proxy, fixture_close)

static enum ar_status load_tree(struct ar_session *s, enum ar_plan plan)
{
    struct user_query *users = user_query(s);
    struct user_list list;
    post_with_comments(user_with_posts(users));
    order_with_items(user_with_orders(users));
    ar_query_plan(users, plan);
    enum ar_status status = user_all(users, &list);
    return status == AR_OK && list.count != 3 ? AR_MISUSE : status;
}

static enum ar_status load_one_trip(void *s)
{
    return load_tree(s, AR_PLAN_ONE_TRIP);
}

static enum ar_status load_waves(void *s)
{
    return load_tree(s, AR_PLAN_WAVES);
}

static enum ar_status find_user(void *s)
{
    struct user *user;
    return user_find(s, 1, &user);
}

static enum ar_status insert_comment(void *s)
{
    struct comment comment = {.user_id = 1, .post_id = 1, .content = "never written"};
    return comment_insert(s, &comment);
}

static enum ar_status insert_many_comments(void *s)
{
    struct comment comments[100];
    for (size_t i = 0; i < 100; i++)
        comments[i] = (struct comment){.user_id = 1, .post_id = 1, .content = "never written"};
    return ar_record_insert_many(s, &comment_model, comments, 100);
}

static enum ar_status read_relation(void *payload)
{
    struct ar_session *s = payload;
    struct user *user;
    struct order_list orders;
    enum ar_status status = user_find(s, 1, &user);
    if (status == AR_OK)
        user_clear_relation_cache(s, user);
    return status == AR_OK ? user_orders(s, user, &orders) : status;
}

/* Assert that the session works, and that its transaction was rolled back. */
static void assert_works(struct fixture *f)
{
    int64_t count;
    ok(f->s, load_tree(f->s, AR_PLAN_ONE_TRIP));
    ok(f->s, load_tree(f->s, AR_PLAN_WAVES));
    ok(f->s, comment_count(comment_query(f->s), &count));
    assert_int_equal(count, 12);
}

/* ---- Killed ------------------------------------------------------------------------------------------------------ */

/* Each of these calls waits for a lock when its server process is terminated. The locks block the first statement, one
 * in the middle of a pipeline, or a later level. */
static void test_killed_in_a_statement(void **state)
{
    static const struct {
        enum ar_status (*function)(void *s);
        const char *locked;
    } cases[] = {
        {find_user, "users"},           {load_one_trip, "users"},     {load_one_trip, "posts"},
        {load_one_trip, "order_items"}, {load_waves, "posts"},        {load_waves, "comments"},
        {read_relation, "orders"},      {insert_comment, "comments"}, {insert_many_comments, "comments"},
    };
    struct fixture *f = *state;
    for (int is_prepared = 0; is_prepared <= 1; is_prepared++) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct call call;
            if (is_prepared)
                ok(f->s, load_tree(f->s, AR_PLAN_WAVES));
            lock_table(&administrator, cases[i].locked);
            call_start(&call, cases[i].function, f->s);
            await_waiting(&administrator, "victim", 1);
            kill_connections(&administrator, "victim");
            fails(f->s, AR_UNAVAILABLE, call_finish(&call));
            assert_error_names(f->s, "terminating connection");
            assert_non_null(ar_session_error(f->s)->sql);
            ok(administrator.s, ar_rollback(administrator.s));
            assert_works(f);
            ar_session_clear(f->s);
        }
    }
}

/* Between BEGIN and COMMIT: the next call fails, and then every call until the rollback. */
static void test_killed_in_a_transaction(void **state)
{
    static enum ar_status (*const functions[])(void *s) = {find_user, load_one_trip, load_waves, insert_comment,
                                                           insert_many_comments};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        for (int depth = 1; depth <= 2; depth++) {
            for (int k = 0; k < depth; k++)
                ok(f->s, ar_begin(f->s));
            ok(f->s, insert_comment(f->s));
            kill_connections(&administrator, "victim");
            fails(f->s, AR_UNAVAILABLE, functions[i](f->s));
            fails(f->s, AR_MISUSE, find_user(f->s));
            assert_error_names(f->s, "ar_rollback");
            fails(f->s, AR_MISUSE, ar_commit(f->s));
            for (int k = 0; k < depth; k++)
                ok(f->s, ar_rollback(f->s));
            assert_works(f);
        }
    }
}

static void test_killed_before_commit(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_begin(f->s));
    ok(f->s, insert_comment(f->s));
    kill_connections(&administrator, "victim");
    fails(f->s, AR_UNAVAILABLE, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_works(f);

    ok(f->s, ar_begin(f->s));
    ok(f->s, insert_comment(f->s));
    kill_connections(&administrator, "victim");
    ok(f->s, ar_rollback(f->s)); /* the server has already rolled back */
    assert_works(f);

    ok(f->s, ar_begin(f->s));
    kill_connections(&administrator, "victim");
    ar_session_clear(f->s);
    assert_works(f);
}

/* If a session's connection breaks between two calls, the next call fails and the one after it works. */
static void test_killed_between_calls(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find_user(f->s));
    kill_connections(&administrator, "victim");
    fails(f->s, AR_UNAVAILABLE, find_user(f->s));
    assert_works(f);

    kill_connections(&administrator, "victim");
    assert_int_equal(ar_execute(f->s, "SELECT 1"), AR_UNAVAILABLE);
    assert_works(f);
    kill_connections(&administrator, "victim");
    fails(f->s, AR_UNAVAILABLE, ar_begin(f->s));
    fails(f->s, AR_MISUSE, ar_rollback(f->s));
    assert_works(f);
}

/* A broken connection in the pool is replaced when a session takes it, without an error. */
static void test_killed_in_the_pool(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        ok(f->s, find_user(f->s));
        ok(f->other, find_user(f->other));
        ar_session_clear(f->s);
        ar_session_clear(f->other);
        kill_connections(&administrator, "victim");
        ok(f->s, find_user(f->s));
        ok(f->other, load_tree(f->other, AR_PLAN_ONE_TRIP));
    }
}

/* A transaction that exceeds idle_in_transaction_session_timeout. */
static void test_idle_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_begin(f->s));
    ok(f->s, insert_comment(f->s));
    ok(f->s, ar_execute(f->s, "SET idle_in_transaction_session_timeout = 1"));
    ok(administrator.s,
       ar_execute(administrator.s, "DO $$ BEGIN FOR i IN 1..10000 LOOP PERFORM pg_stat_clear_snapshot();"
                                   " IF NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'victim'"
                                   " AND state = 'idle in transaction') THEN RETURN; END IF;"
                                   " PERFORM pg_sleep(0.001); END LOOP; RAISE 'it may lie idle'; END $$"));
    fails(f->s, AR_UNAVAILABLE, find_user(f->s));
    assert_text(ar_session_error(f->s)->sqlstate, "25P03");
    ok(f->s, ar_rollback(f->s));
    assert_works(f);
}

/* S-635: a transaction that exceeds transaction_timeout, which PostgreSQL 17 has. */
static void test_long_transaction(void **state)
{
    struct fixture *f = *state;
    if (ar_execute(f->s, "SET transaction_timeout = 100") != AR_OK) {
        assert_text(ar_session_error(f->s)->sqlstate, "42704"); /* undefined_object */
        skip();
    }
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_UNAVAILABLE, ar_execute(f->s, "SELECT pg_sleep(600)"));
    assert_text(ar_session_error(f->s)->sqlstate, "25P04");
    ok(f->s, ar_rollback(f->s));
    assert_works(f);
}

static enum ar_status set_idle_timeout(void *s)
{
    return ar_execute(s, "SET idle_in_transaction_session_timeout = 1");
}

/* Wait until no connection of the tests is in a transaction. */
static void await_end_of_transactions(void)
{
    ok(administrator.s,
       ar_execute(administrator.s, "DO $$ BEGIN FOR i IN 1..60000 LOOP PERFORM pg_stat_clear_snapshot();"
                                   " IF NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'victim'"
                                   " AND xact_start IS NOT NULL) THEN RETURN; END IF;"
                                   " PERFORM pg_sleep(0.001); END LOOP; RAISE 'it may lie idle'; END $$"));
}

/* The server's last message arrives together with the result of the previous statement, so libpq reads it while no
 * statement runs. It must still be reported as the failure of the next statement. */
static void test_fatal_notice_before_statement(void **state)
{
    struct fixture *f = *state;
    struct call call;
    ok(f->s, ar_begin(f->s));
    ok(f->s, insert_comment(f->s));
    proxy_hold(proxy);
    f->is_paused = true;
    call_start(&call, set_idle_timeout, f->s);
    await_end_of_transactions();
    proxy_release(proxy);
    assert_int_equal(call_finish(&call), AR_OK);
    fails(f->s, AR_UNAVAILABLE, find_user(f->s));
    assert_text(ar_session_error(f->s)->sqlstate, "25P03");
    assert_error_names(f->s, "idle-in-transaction");
    ok(f->s, ar_rollback(f->s));
    f->is_paused = false;
    assert_works(f);
}

/* ---- Cut --------------------------------------------------------------------------------------------------------- */

/* Cut the connection after every `step` bytes from the server. The call fails, or had received everything it needs. */
static void cut_everywhere(struct fixture *f, enum ar_status (*function)(void *s), size_t step)
{
    ok(f->s, function(f->s));
    (void)proxy_take_bytes(proxy);
    ok(f->s, function(f->s));
    size_t size = proxy_take_bytes(proxy);
    assert_true(size > 0);
    for (size_t at = 0; at < size; at += step) {
        proxy_cut_after(proxy, at);
        enum ar_status status = function(f->s);
        if (status != AR_UNAVAILABLE)
            fail_msg("cut at %zu of %zu: %s: %s", at, size, ar_status_name(status), ar_session_error(f->s)->message);
        ok(f->s, find_user(f->s));
        ok(f->s, function(f->s)); /* re-prepare */
    }
}

static void test_cut_in_a_find(void **state)
{
    cut_everywhere(*state, find_user, 11);
}

static void test_cut_in_one_trip(void **state)
{
    cut_everywhere(*state, load_one_trip, 97);
}

static void test_cut_in_waves(void **state)
{
    cut_everywhere(*state, load_waves, 97);
}

static enum ar_status load_comments(void *s)
{
    struct comment_list list;
    enum ar_status status = comment_all(comment_query(s), &list);
    return status == AR_OK && list.count != 2012 ? AR_MISUSE : status;
}

/* Enough rows for single-row mode. */
static void test_cut_in_many_rows(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "INSERT INTO comments (user_id, post_id, content)"
               " SELECT 1, 1, repeat('x', 100) FROM generate_series(1, 2000)");
    cut_everywhere(f, load_comments, 9973);
    run_sql(f, "DELETE FROM comments WHERE content = repeat('x', 100)");
}

/* Cut the connection during connecting: nothing leaks, and the next attempt works. */
static void test_cut_while_connecting(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find_user(f->s));
    ar_session_clear(f->other);
    proxy_cut(proxy);
    ar_session_clear(f->s);
    (void)proxy_take_bytes(proxy);
    ok(f->s, find_user(f->s));
    size_t size = proxy_take_bytes(proxy);
    for (size_t at = 0; at < size; at += 17) {
        proxy_cut(proxy);
        ar_session_clear(f->s);
        proxy_cut_after(proxy, at);
        enum ar_status status = find_user(f->s);
        if (status != AR_UNAVAILABLE)
            fail_msg("cut at %zu of %zu: %s", at, size, ar_status_name(status));
        ok(f->s, find_user(f->s));
    }
}

/* A deferred constraint is checked at the end of a single write, after the statement itself has succeeded. */
static void test_refused_at_the_end(void **state)
{
    struct fixture *f = *state;
    struct comment comment = {.user_id = 1, .post_id = 999, .content = "on nothing"};
    int64_t count;
    run_sql(f, "ALTER TABLE comments ADD CONSTRAINT late FOREIGN KEY (post_id) REFERENCES posts (id)"
               " DEFERRABLE INITIALLY DEFERRED");
    run_sql(f, "DO $$ DECLARE name text; BEGIN FOR name IN SELECT conname FROM pg_constraint"
               " WHERE conrelid = 'comments'::regclass AND contype = 'f' AND conname <> 'late' LOOP"
               " EXECUTE 'ALTER TABLE comments DROP CONSTRAINT ' || quote_ident(name); END LOOP; END $$");
    for (int i = 0; i < 2; i++) {
        fails(f->s, AR_CONSTRAINT, comment_insert(f->s, &comment));
        assert_error_names(f->s, "late");
        assert_int_equal(comment.id, 0);
        ok(f->s, comment_count(comment_query(f->s), &count));
        assert_int_equal(count, 12);
    }
    ok(f->s, ar_begin(f->s));
    ok(f->s, comment_insert(f->s, &comment));
    fails(f->s, AR_CONSTRAINT, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    assert_works(f);
}

static void test_no_server(void **state)
{
    (void)state;
    struct ar_db *db;
    assert_int_equal(ar_db_open("postgresql:///none?host=/nonexistent", NULL, &db), AR_UNAVAILABLE);
    assert_non_null(strstr(ar_db_error(db)->message, "/nonexistent"));
    ar_db_close(db);
    assert_int_equal(ar_db_open("postgresql://%zz", NULL, &db), AR_MISUSE);
    ar_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_killed_in_a_statement),
        test(test_killed_in_a_transaction),
        test(test_killed_before_commit),
        test(test_killed_between_calls),
        test(test_killed_in_the_pool),
        test(test_idle_in_a_transaction),
        test(test_long_transaction),
        test_behind_proxy(test_fatal_notice_before_statement),
        test_behind_proxy(test_cut_in_many_rows),
        test_behind_proxy(test_cut_in_a_find),
        test_behind_proxy(test_cut_in_one_trip),
        test_behind_proxy(test_cut_in_waves),
        test_behind_proxy(test_cut_while_connecting),
        test(test_refused_at_the_end),
        cmocka_unit_test(test_no_server),
    };
    return cmocka_run_group_tests_name("failures", tests, open_all, close_all);
}
