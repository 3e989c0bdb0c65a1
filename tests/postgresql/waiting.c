/* Statements that wait for another session: ar_session_interrupt() ends them from another thread, and ar_transaction()
 * retries transactions that lost a conflict. Run on both databases, if they can wait. */
#include "data.h"
#include "proxy.h"
#include "server.h"

#include <libpq-fe.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static int open_shop(void **state)
{
    if (fixture_open_file(state, &user_model, &post_model, &comment_model, &order_model, &order_item_model) != 0)
        return -1;
    add_users(*state, 2, 2);
    return 0;
}

/* ---- Interrupted ------------------------------------------------------------------------------------------------- */

struct endless {
    struct ar_session *s;
    atomic_bool is_done;
};

/* Run for minutes unless interrupted. */
static enum ar_status run_long(void *payload)
{
    struct endless *endless = payload;
    enum ar_status status =
        ar_execute(endless->s, fixture_is_sqlite() ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
                                                     " FROM n WHERE i < 10000000000) SELECT count(*) FROM n"
                                                   : "SELECT pg_sleep(600)");
    atomic_store(&endless->is_done, true);
    return status;
}

/* Load a tree whose condition on the second level takes forever. */
static enum ar_status load_long(void *payload)
{
    struct endless *endless = payload;
    struct user_query *users = user_query(endless->s);
    struct user_list list;
    user_with_posts(users);
    enum ar_status status = user_all(users, &list);
    atomic_store(&endless->is_done, true);
    return status;
}

/* Interrupt repeatedly until the call ends, because an interrupt before the statement starts has no effect. */
static enum ar_status interrupt(struct endless *endless, enum ar_status (*function)(void *payload))
{
    struct call call;
    atomic_store(&endless->is_done, false);
    call_start(&call, function, endless);
    while (!atomic_load(&endless->is_done))
        ar_session_interrupt(endless->s);
    return call_finish(&call);
}

static void assert_works(struct fixture *f)
{
    struct user_list list;
    struct user_query *users = user_query(f->s);
    user_with_posts(users);
    ok(f->s, user_all(users, &list));
    assert_int_equal(list.count, 2);
}

static void test_interrupted(void **state)
{
    struct fixture *f = *state;
    struct endless endless = {.s = f->s};
    for (int i = 0; i < 3; i++) {
        fails(f->s, AR_INTERRUPTED, interrupt(&endless, run_long));
        assert_works(f);
    }
}

static void test_interrupted_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct endless endless = {.s = f->s};
    struct post post = {.user_id = 1, .title = "never written"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, post_save(f->s, &post));
    fails(f->s, AR_INTERRUPTED, interrupt(&endless, run_long));
    ok(f->s, ar_rollback(f->s));
    int64_t count;
    ok(f->s, post_count(post_query(f->s), &count));
    assert_int_equal(count, 4);
}

/* A tree that waits for a lock on its second level. */
static void test_interrupted_in_a_tree(void **state)
{
    struct fixture *f = *state;
    struct endless endless = {.s = f->s};
    if (fixture_is_sqlite())
        skip(); /* readers do not wait */
    ok(f->other, ar_begin(f->other));
    ok(f->other, ar_execute(f->other, "LOCK TABLE posts IN ACCESS EXCLUSIVE MODE"));
    fails(f->s, AR_INTERRUPTED, interrupt(&endless, load_long));
    ok(f->other, ar_rollback(f->other));
    assert_works(f);
}

static void test_interrupted_between_statements(void **state)
{
    struct fixture *f = *state;
    ar_session_interrupt(f->s);
    for (int i = 0; i < 20; i++) {
        assert_works(f);
        ar_session_interrupt(f->other);
    }
}

struct two_calls {
    struct ar_session *s;
    enum ar_status first, second;
};

static enum ar_status call_twice(void *payload)
{
    struct two_calls *calls = payload;
    calls->first = ar_execute(calls->s, "/* first */ SELECT count(*) FROM posts");
    calls->second = ar_execute(calls->s, "SELECT pg_sleep(0.15)");
    return AR_OK;
}

static enum ar_status interrupt_once(void *payload)
{
    ar_session_interrupt(payload);
    return AR_OK;
}

/* Wait until the server has finished the first of the two calls. */
static void await_end_of_first(struct fixture *f)
{
    run_sql(f, "DO $$ BEGIN LOOP PERFORM pg_stat_clear_snapshot();"
               " EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE '/* first */%'"
               " AND application_name = 'late' AND state = 'active');"
               " IF clock_timestamp() > now() + interval '1 minute' THEN RAISE 'it does not end'; END IF;"
               " PERFORM pg_sleep(0.001); END LOOP; END $$");
}

/* An interrupt that arrives after its statement has ended does not cancel the next one. The proxy holds back new
 * connections, so the first statement ends while the interrupt is being sent. */
static void test_interrupt_that_is_late(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite())
        skip(); /* interrupts take effect immediately */
    const char *url = server_url("&application_name=late");
    struct proxy *proxy = proxy_start(url), *held = proxy_start(url);
    struct two_calls calls;
    struct call call, interruption;
    struct ar_db *db;
    assert_int_equal(ar_db_open(proxy_url(proxy, ""), NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &calls.s), AR_OK);
    struct administrator administrator = {f->db, f->other};
    lock_table(&administrator, "posts");
    call_start(&call, call_twice, &calls);
    await_waiting(&administrator, "late", 1);
    proxy_hold_program(held);
    proxy_take_over(held, proxy);
    call_start(&interruption, interrupt_once, calls.s);
    proxy_await_program(held);
    ok(f->other, ar_rollback(f->other));
    await_end_of_first(f);
    proxy_release(held);
    assert_int_equal(call_finish(&interruption), AR_OK);
    assert_int_equal(call_finish(&call), AR_OK);
    assert_int_equal(calls.first, AR_OK);
    ok(calls.s, calls.second);
    ar_session_close(calls.s);
    ar_db_close(db);
    proxy_stop(proxy);
    proxy_stop(held);
}

#ifdef LIBPQ_HAS_ASYNC_CANCEL /* libpq 17 */
static enum ar_status count_posts(void *s)
{
    return ar_execute(s, "SELECT count(*) FROM posts");
}

/* S-633: an interrupt that the server does not answer ends after the connect_timeout; the statement is not affected. */
static void test_interrupt_without_answer(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite())
        skip();
    struct proxy *proxy = proxy_start(server_url("")), *held = proxy_start(server_url(""));
    struct administrator administrator = {f->db, f->other};
    struct ar_session *s;
    struct ar_db *db;
    struct call call;
    assert_int_equal(ar_db_open(proxy_url(proxy, "&connect_timeout=2&application_name=unanswered"), NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    lock_table(&administrator, "posts");
    call_start(&call, count_posts, s);
    await_waiting(&administrator, "unanswered", 1);
    proxy_hold_program(held);
    proxy_take_over(held, proxy);
    ar_session_interrupt(s);
    proxy_await_program(held);
    ok(f->other, ar_rollback(f->other));
    ok(s, call_finish(&call));
    ar_session_close(s);
    ar_db_close(db);
    proxy_stop(proxy);
    proxy_stop(held);
}
#endif

/* ---- Retries ----------------------------------------------------------------------------------------------------- */

struct attempt {
    struct fixture *f;
    int tries;
    int lost; /* the number of tries that must fail */
};

/* Read and change a user. In a try that must fail, another session changes it in between and commits. */
static enum ar_status change_user(struct ar_session *s, void *payload)
{
    struct attempt *attempt = payload;
    struct user *user;
    enum ar_status status = ar_execute(s, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    if (status == AR_OK)
        status = user_find(s, 1, &user);
    if (status == AR_OK && ++attempt->tries <= attempt->lost)
        run_sql(attempt->f, "UPDATE users SET age = age + 1 WHERE id = 1");
    if (status != AR_OK)
        return status;
    user->age += 100;
    return user_save(s, user);
}

static void test_serialization_failure(void **state)
{
    struct fixture *f = *state;
    struct user *user;
    if (fixture_is_sqlite())
        skip(); /* a transaction takes the write lock when it begins */
    struct attempt attempt = {.f = f, .lost = 3};
    ok(f->s, ar_transaction(f->s, change_user, &attempt));
    assert_int_equal(attempt.tries, 4);
    ok(f->other, user_find(f->other, 1, &user));
    assert_int_equal(user->age, 103);

    attempt = (struct attempt){.f = f, .lost = 1000};
    fails(f->s, AR_BUSY, ar_transaction(f->s, change_user, &attempt));
    assert_int_equal(attempt.tries, 8);
    assert_text(ar_session_error(f->s)->sqlstate, "40001");
    fails(f->s, AR_MISUSE, ar_rollback(f->s));
}

/* Two sessions change two users in opposite order and deadlock; one of them fails. It retries after the other has
 * finished, because otherwise it could deadlock again. */
struct crossing {
    struct ar_session *s;
    int64_t first, second;
    pthread_barrier_t *both_hold_one, *one_is_done;
    int tries;
};

static enum ar_status add_to_age(struct ar_session *s, int64_t id)
{
    char sql[64];
    snprintf(sql, sizeof sql, "UPDATE users SET age = age + 1 WHERE id = %d", (int)id);
    return ar_execute(s, sql);
}

static enum ar_status cross(struct ar_session *s, void *payload)
{
    struct crossing *crossing = payload;
    enum ar_status status;
    if (crossing->tries == 1)
        pthread_barrier_wait(crossing->one_is_done);
    status = add_to_age(s, crossing->first);
    if (crossing->tries++ == 0)
        pthread_barrier_wait(crossing->both_hold_one);
    return status == AR_OK ? add_to_age(s, crossing->second) : status;
}

static enum ar_status run_crossing(void *payload)
{
    struct crossing *crossing = payload;
    enum ar_status status = ar_transaction(crossing->s, cross, crossing);
    if (crossing->tries == 1)
        pthread_barrier_wait(crossing->one_is_done);
    return status;
}

static void test_deadlock(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite())
        skip();
    pthread_barrier_t barriers[2];
    assert_int_equal(pthread_barrier_init(&barriers[0], NULL, 2), 0);
    assert_int_equal(pthread_barrier_init(&barriers[1], NULL, 2), 0);
    struct crossing crossings[] = {{f->s, 1, 2, &barriers[0], &barriers[1], 0},
                                   {f->other, 2, 1, &barriers[0], &barriers[1], 0}};
    struct call calls[2];
    f->is_paused = true;
    ok(f->s, ar_execute(f->s, "SET deadlock_timeout = '10ms'"));
    ok(f->other, ar_execute(f->other, "SET deadlock_timeout = '10ms'"));
    call_start(&calls[0], run_crossing, &crossings[0]);
    call_start(&calls[1], run_crossing, &crossings[1]);
    ok(f->s, call_finish(&calls[0]));
    ok(f->other, call_finish(&calls[1]));
    pthread_barrier_destroy(&barriers[0]);
    pthread_barrier_destroy(&barriers[1]);
    assert_int_equal(crossings[0].tries + crossings[1].tries, 3);
    for (int64_t id = 1; id <= 2; id++) {
        struct user *user;
        ok(f->s, user_find(f->s, id, &user));
        assert_int_equal(user->age, 2);
    }
}

struct failing {
    enum ar_status status;
    int tries;
};

static enum ar_status fail_with_status(struct ar_session *s, void *payload)
{
    struct failing *failing = payload;
    (void)s;
    failing->tries++;
    return failing->status;
}

/* Errors that a retry cannot fix are not retried, and neither are nested transactions. */
static void test_tried_once(void **state)
{
    struct fixture *f = *state;
    struct failing failing = {.status = AR_CONFLICT};
    assert_int_equal(ar_transaction(f->s, fail_with_status, &failing), AR_CONFLICT);
    assert_int_equal(failing.tries, 1);
    fails(f->s, AR_MISUSE, ar_rollback(f->s));

    failing = (struct failing){.status = AR_BUSY};
    ok(f->s, ar_begin(f->s));
    assert_int_equal(ar_transaction(f->s, fail_with_status, &failing), AR_BUSY);
    assert_int_equal(failing.tries, 1);
    ok(f->s, ar_commit(f->s));
    assert_int_equal(ar_transaction(f->s, fail_with_status, &failing), AR_BUSY);
    assert_int_equal(failing.tries, 9);
}

static enum ar_status save_post(struct ar_session *s, void *payload)
{
    return post_save(s, payload);
}

/* Open the test database again, with these options. */
static struct ar_db *open_again(const struct fixture *f, struct ar_db_options options)
{
    struct ar_db *db;
    char url[512];
    if (f->file != NULL)
        snprintf(url, sizeof url, "sqlite:%s", f->file);
    else
        snprintf(url, sizeof url, "%s", server_url(""));
    assert_int_equal(ar_db_open(url, &options, &db), AR_OK);
    return db;
}

/* A lock that is never released: the transaction fails after eight tries. */
static void test_busy_to_the_end(void **state)
{
    struct fixture *f = *state;
    struct ar_db *db = open_again(f, (struct ar_db_options){.busy_timeout_ms = 5});
    struct ar_session *s;
    struct post post = {.user_id = 1, .title = "title"};
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(f->other, ar_begin(f->other));
    if (!fixture_is_sqlite())
        ok(f->other, ar_execute(f->other, "LOCK TABLE posts IN EXCLUSIVE MODE"));
    fails(s, AR_BUSY, ar_transaction(s, save_post, &post));
    assert_error_names(s, "another connection holds the lock; busy_timeout_ms is 5");
    assert_int_equal(post.id, 0);
    ok(f->other, ar_rollback(f->other));
    ok(s, ar_transaction(s, save_post, &post));
    assert_true(post.id > 0);
    ar_session_close(s);
    ar_db_close(db);
}

struct save {
    struct ar_session *s;
    struct post post;
};

static enum ar_status save_in_thread(void *payload)
{
    struct save *save = payload;
    return post_save(save->s, &save->post);
}

/* The maximum timeout does not overflow. */
static void test_longest_busy_timeout(void **state)
{
    struct fixture *f = *state;
    struct ar_db *db =
        open_again(f, (struct ar_db_options){.busy_timeout_ms = UINT_MAX, .connect_timeout_ms = UINT_MAX});
    struct save save = {.post = {.user_id = 1, .title = "title"}};
    struct call call;
    assert_int_equal(ar_session_open(db, NULL, &save.s), AR_OK);
    ok(f->other, ar_begin(f->other));
    if (!fixture_is_sqlite())
        ok(f->other, ar_execute(f->other, "LOCK TABLE posts IN EXCLUSIVE MODE"));
    call_start(&call, save_in_thread, &save);
    (void)nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL); /* SQLite does not report that it waits */
    ok(f->other, ar_rollback(f->other));
    ok(save.s, call_finish(&call));
    ar_session_close(save.s);
    ar_db_close(db);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_shop, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_interrupted),
        test(test_interrupted_in_a_transaction),
        test(test_interrupted_in_a_tree),
        test(test_interrupted_between_statements),
        test(test_interrupt_that_is_late),
#ifdef LIBPQ_HAS_ASYNC_CANCEL
        test(test_interrupt_without_answer),
#endif
        test(test_serialization_failure),
        test(test_deadlock),
        test(test_tried_once),
        test(test_busy_to_the_end),
        test(test_longest_busy_timeout),
    };
    return cmocka_run_group_tests_name("waiting", tests, NULL, NULL);
}
