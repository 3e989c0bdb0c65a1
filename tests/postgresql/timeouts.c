/* Sessions with timeout_ms on a slow server and on one that hangs: every call returns, and the session stays usable. */
#include "data.h"
#include "proxy.h"
#include "server.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct administrator administrator;
static struct proxy *proxy;

static int open_all(void **state)
{
    (void)state;
    administrator_open(&administrator);
    proxy = proxy_start(server_url(""));
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

static int open_behind_proxy(void **state)
{
    if (fixture_open_with(state, proxy_url(proxy, ""), NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    add_users(*state, 2, 2);
    reopen_session(*state, (struct ar_session_options){.timeout_ms = 20});
    return 0;
}

static enum ar_status find_user(struct ar_session *s)
{
    struct user *user;
    return user_find(s, 1, &user);
}

static enum ar_status load_tree(struct ar_session *s)
{
    struct user_query *users = user_query(s);
    struct user_list list;
    user_with_posts(users);
    return user_all(users, &list);
}

static enum ar_status run_script(struct ar_session *s)
{
    return ar_execute(s, "SELECT 1");
}

static enum ar_status insert_post(struct ar_session *s)
{
    struct post post = {.user_id = 1, .title = "never written"};
    return post_insert(s, &post);
}

/* Insert enough rows for COPY, with more data than the socket and the proxy can buffer. */
static enum ar_status copy_posts(struct ar_session *s)
{
    enum { COUNT = 3000, SIZE = 10000 };
    struct post *posts = calloc(COUNT, sizeof *posts);
    char *text = calloc(SIZE, 1);
    assert_true(posts != NULL && text != NULL);
    memset(text, 'x', SIZE - 1);
    for (size_t i = 0; i < COUNT; i++)
        posts[i] = (struct post){.user_id = 1, .title = "never written", .content = text, .status = "published"};
    enum ar_status status = post_insert_many(s, posts, COUNT);
    free(text);
    free(posts);
    return status;
}

static enum ar_status (*const calls[])(struct ar_session *s) = {find_user, load_tree, run_script, insert_post,
                                                                copy_posts};

/* Without an answer, the outcome of a script is unknown. The inserts begin a transaction first. */
static enum ar_status status_of_frozen(size_t call)
{
    return calls[call] == run_script ? AR_UNKNOWN_OUTCOME : AR_INTERRUPTED;
}

static enum ar_status begin_and_insert(struct ar_session *s)
{
    enum ar_status status = ar_begin(s), end;
    if (status != AR_OK)
        return status;
    status = insert_post(s);
    if (status == AR_OK)
        return AR_OK;
    end = ar_rollback(s);
    return end == AR_OK ? status : end;
}

static void assert_works(struct fixture *f)
{
    int64_t count;
    ok_in_time(f->s, load_tree(f->s));
    ok_in_time(f->s, post_count(post_query(f->s), &count));
    assert_int_equal(count, 4);
}

/* The server sends nothing. */
static void test_frozen_server(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        assert_works(f);
        proxy_hold(proxy);
        fails(f->s, status_of_frozen(i), calls[i](f->s));
        assert_error_names(f->s, "20 ms of timeout_ms");
        proxy_release(proxy);
        assert_works(f);
    }
}

static void test_frozen_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        ok_in_time(f->s, begin_and_insert(f->s));
        proxy_hold(proxy);
        fails(f->s, AR_INTERRUPTED, calls[i](f->s));
        fails(f->s, AR_MISUSE, find_user(f->s));
        ok(f->s, ar_rollback(f->s));
        proxy_release(proxy);
        assert_works(f);
    }
}

/* The server stops sending in the middle of rows in single-row mode. The received rows are not the whole result. */
static void test_frozen_in_many_rows(void **state)
{
    struct fixture *f = *state;
    struct user *user;
    struct post_list posts;
    run_sql(f, "INSERT INTO posts (user_id, title) SELECT 1, repeat('x', 100) FROM generate_series(1, 2000)");
    ok_in_time(f->s, user_find(f->s, 1, &user));
    proxy_hold_after(proxy, 100000);
    fails(f->s, AR_INTERRUPTED, user_posts(f->s, user, &posts));
    assert_int_equal(posts.count, 0);
    proxy_release(proxy);
    ok_in_time(f->s, user_posts(f->s, user, &posts));
    assert_int_equal(posts.count, 2002);
}

/* The server or the network stops receiving in the middle of a COPY. */
static void test_frozen_in_a_copy(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.timeout_ms = 500});
    assert_works(f);
    proxy_hold_program_after(proxy, 500000);
    fails(f->s, AR_INTERRUPTED, copy_posts(f->s));
    assert_error_names(f->s, "timeout_ms");
    assert_int_equal(strncmp(f->last_sql, "COPY ", strlen("COPY ")), 0);
    proxy_release(proxy);
    assert_works(f);
}

/* The server works but takes too long: it cancels the statement itself, and the connection is kept. */
static void test_slow_server(void **state)
{
    struct fixture *f = *state;
    ok(administrator.s, ar_begin(administrator.s));
    ok(administrator.s, ar_execute(administrator.s, "LOCK TABLE users, posts IN ACCESS EXCLUSIVE MODE"));
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (calls[i] == run_script)
            continue;
        fails(f->s, AR_INTERRUPTED, calls[i](f->s));
        assert_text(ar_session_error(f->s)->sqlstate, "57014");
        assert_error_names(f->s, "timeout_ms is 20");
    }
    ok(administrator.s, ar_rollback(administrator.s));
    assert_works(f);
    assert_error_names(f->s, "timeout_ms is 20"); /* the last failure: the connection was not lost */
}

/* Fail unless the server's statement_timeout has this value. */
static void assert_server_timeout(struct ar_session *s, const char *expected)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "DO $$ BEGIN IF current_setting('statement_timeout') <> '%s' THEN RAISE 'it is %%',"
             " current_setting('statement_timeout'); END IF; END $$",
             expected);
    ok(s, ar_execute(s, sql));
}

/* Sessions use the same connection in turn, each with a different timeout. */
static void test_timeout_is_the_sessions(void **state)
{
    struct fixture *f = *state;
    static const struct {
        unsigned timeout;
        const char *on_server;
    } sessions[] = {{0, "0"}, {70000, "70s"}, {70000, "70s"}, {80000, "80s"}, {UINT_MAX, "1073741823ms"}, {0, "0"}};
    ar_session_clear(f->other);
    for (size_t i = 0; i < 2 * sizeof sessions / sizeof *sessions; i++) {
        reopen_session(f, (struct ar_session_options){.timeout_ms = sessions[i / 2].timeout});
        if (i % 2 == 0)
            ok(f->s, find_user(f->s));
        assert_server_timeout(f->s, sessions[i / 2].on_server);
    }
}

/* A timeout set on the server and a cancellation by its administrator are not reported as the session's timeout. */
static void test_other_cancellations(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.timeout_ms = 0});
    ok(f->s, ar_execute(f->s, "SET statement_timeout = 20"));
    fails(f->s, AR_INTERRUPTED, ar_execute(f->s, "SELECT pg_sleep(600)"));
    assert_error_names(f->s, "the server ended the statement: ");
}

/* The limit also applies to a server that accepts a connection and then does not answer. */
static void test_frozen_while_connecting(void **state)
{
    struct fixture *f = *state;
    struct ar_db *db;
    const struct ar_db_options options = {.connect_timeout_ms = 500}; /* rounded up: with 0, libpq waits for ever */
    proxy_hold(proxy);
    assert_int_equal(ar_db_open(proxy_url(proxy, ""), &options, &db), AR_UNAVAILABLE);
    ar_db_close(db);
    proxy_release(proxy);
    assert_works(f);
}

/* The server completes the connection, but not the statements that set it up. */
static void test_frozen_while_set_up(void **state)
{
    struct fixture *f = *state;
    struct ar_db *db;
    const struct ar_db_options options = {.connect_timeout_ms = 2000}; /* the minimum of libpq */
    ok_in_time(f->s, find_user(f->s));
    ar_session_clear(f->s);
    proxy_hold_after(proxy, 1); /* after the first answer, with which the connection is complete */
    assert_int_equal(ar_db_open(proxy_url(proxy, ""), &options, &db), AR_UNAVAILABLE);
    assert_non_null(strstr(ar_db_error(db)->message, "did not answer within connect_timeout_ms"));
    ar_db_close(db);
    proxy_release(proxy);
    assert_works(f);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_behind_proxy, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_frozen_in_many_rows),     test(test_frozen_server),
        test(test_frozen_in_a_transaction), test(test_slow_server),
        test(test_timeout_is_the_sessions), test(test_other_cancellations),
        test(test_frozen_while_connecting), test(test_frozen_in_a_copy),
        test(test_frozen_while_set_up),
    };
    return cmocka_run_group_tests_name("timeouts", tests, open_all, close_all);
}
