/* The connection pool with threads: a thread gets a connection in time or AR_BUSY, and no connection is lost. */
#include "data.h"
#include "server.h"

#include <stdatomic.h>
#include <time.h>

enum { POOL_SIZE = 2, THREADS = 8, ROUNDS = 100 };

static struct administrator administrator;

static int open_administrator(void **state)
{
    (void)state;
    administrator_open(&administrator);
    return 0;
}

static int close_administrator(void **state)
{
    (void)state;
    administrator_close(&administrator);
    return 0;
}

/* Open a pool of two connections with the application_name "pooled", and this wait limit in milliseconds. */
static int open_pool(void **state, unsigned wait)
{
    const struct ar_db_options options = {.pool_size = POOL_SIZE, .pool_wait_ms = wait};
    static const struct ar_model *const models[] = {&user_model};
    if (fixture_open_with(state, server_url("&application_name=pooled"), &options, models, 1) != 0)
        return -1;
    add_user(*state, "user1");
    struct fixture *f = *state;
    ar_session_clear(f->other);
    f->is_paused = true;
    return 0;
}

static int open_impatient(void **state)
{
    return open_pool(state, 20);
}

static int open_patient(void **state)
{
    return open_pool(state, 60000);
}

static uint64_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Assert that both connections are available. */
static void assert_whole(struct fixture *f)
{
    struct user *user;
    ok(f->s, user_find(f->s, 1, &user));
    ok(f->other, user_find(f->other, 1, &user));
    ar_session_clear(f->s);
    ar_session_clear(f->other);
}

static void test_exhausted(void **state)
{
    struct fixture *f = *state;
    struct ar_session *third;
    struct user *user;
    ok(f->s, ar_begin(f->s));
    ok(f->other, user_find(f->other, 1, &user));
    assert_int_equal(ar_session_open(f->db, NULL, &third), AR_OK);
    uint64_t started = milliseconds_now();
    fails(third, AR_BUSY, user_find(third, 1, &user));
    assert_true(milliseconds_now() - started >= 20);
    assert_error_names(third, "pool_size");
    fails(third, AR_BUSY, ar_begin(third));

    ar_session_clear(f->other);
    ok(third, user_find(third, 1, &user));
    ar_session_close(third);
    ok(f->s, ar_rollback(f->s));
    ar_session_clear(f->s);
    assert_whole(f);
}

/* SQL that fails on every connection except the one in the table `mine`. */
static const char is_mine[] = "DO $$ BEGIN IF NOT EXISTS (SELECT FROM mine WHERE pid = pg_backend_pid()) THEN"
                              " RAISE 'another connection'; END IF; END $$";

/* A session gets its previous connection again, even if another one was returned later. */
static void test_same_connection_again(void **state)
{
    struct fixture *f = *state;
    struct user *user;
    ok(f->s, ar_execute(f->s, "DROP TABLE IF EXISTS mine; CREATE TABLE mine AS SELECT pg_backend_pid() AS pid"));
    ok(f->other, user_find(f->other, 1, &user));
    ar_session_clear(f->s);
    ar_session_clear(f->other);
    ok(f->s, ar_execute(f->s, is_mine));
    ar_session_clear(f->s);
    fails(f->other, AR_DATABASE, ar_execute(f->other, is_mine));
}

static enum ar_status find_in_a_session(struct ar_db *db)
{
    struct ar_session *s;
    struct user *user;
    enum ar_status status = ar_session_open(db, NULL, &s);
    if (status == AR_OK)
        status = user_find(s, 1, &user);
    ar_session_close(s);
    return status;
}

static enum ar_status find_again_and_again(void *db)
{
    enum ar_status status = AR_OK;
    for (int i = 0; i < ROUNDS && status == AR_OK; i++)
        status = find_in_a_session(db);
    return status;
}

/* All threads get a connection if they wait long enough. */
static void test_everybody_gets_a_turn(void **state)
{
    struct fixture *f = *state;
    struct call calls[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        call_start(&calls[i], find_again_and_again, f->db);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(call_finish(&calls[i]), AR_OK);
    assert_whole(f);
}

struct impatient {
    struct ar_db *db;
    unsigned busy;
};

static enum ar_status find_or_be_busy(void *payload)
{
    struct impatient *impatient = payload;
    enum ar_status status = AR_OK;
    for (int i = 0; i < ROUNDS && status == AR_OK; i++) {
        status = find_in_a_session(impatient->db);
        impatient->busy += status == AR_BUSY;
        if (status == AR_BUSY)
            status = AR_OK;
    }
    return status;
}

/* Threads that do not wait long enough get AR_BUSY while all connections are in use; afterwards they all work. */
static void test_threads_that_are_told_busy(void **state)
{
    struct fixture *f = *state;
    struct call calls[THREADS];
    struct impatient impatients[THREADS];
    ok(f->s, ar_begin(f->s));
    ok(f->other, ar_begin(f->other));
    for (size_t i = 0; i < THREADS; i++) {
        impatients[i] = (struct impatient){.db = f->db};
        call_start(&calls[i], find_or_be_busy, &impatients[i]);
    }
    assert_int_equal(find_in_a_session(f->db), AR_BUSY);
    ar_session_clear(f->s);
    ar_session_clear(f->other);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(call_finish(&calls[i]), AR_OK);
    assert_whole(f);
}

struct breaker {
    struct ar_db *db;
    atomic_bool is_stopped;
};

/* Find the user repeatedly until stopped; the connection may be killed meanwhile. */
static enum ar_status find_though_killed(void *payload)
{
    struct breaker *breaker = payload;
    enum ar_status status = AR_OK;
    while (status == AR_OK && !atomic_load(&breaker->is_stopped)) {
        status = find_in_a_session(breaker->db);
        if (status == AR_UNAVAILABLE)
            status = AR_OK;
    }
    return status;
}

/* Connections are killed while threads use them or while they are idle: each slot of the pool is refilled. */
static void test_killed_under_threads(void **state)
{
    struct fixture *f = *state;
    struct call calls[THREADS];
    struct breaker breaker = {.db = f->db};
    for (size_t i = 0; i < THREADS; i++)
        call_start(&calls[i], find_though_killed, &breaker);
    for (int i = 0; i < 50; i++)
        kill_connections(&administrator, "pooled");
    atomic_store(&breaker.is_stopped, true);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(call_finish(&calls[i]), AR_OK);
    assert_whole(f);
}

/* If connecting fails, no thread waits for a connection. */
static void test_no_connection_can_be_made(void **state)
{
    struct fixture *f = *state;
    ar_session_clear(f->s);
    ok(administrator.s, ar_execute(administrator.s, "DROP ROLE IF EXISTS refused; CREATE ROLE refused LOGIN"));
    struct ar_db *db;
    struct ar_session *s;
    struct user *user;
    const struct ar_db_options options = {.pool_size = 1, .pool_wait_ms = 60000};
    ok(administrator.s, ar_execute(administrator.s, "ALTER ROLE refused CONNECTION LIMIT 1"));
    assert_int_equal(ar_db_open(server_url("&user=refused&application_name=refused"), &options, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(administrator.s, ar_execute(administrator.s, "ALTER ROLE refused CONNECTION LIMIT 0"));
    kill_connections(&administrator, "refused");
    for (int i = 0; i < 3; i++) {
        fails(s, AR_UNAVAILABLE, user_find(s, 1, &user));
        assert_error_names(s, "refused");
    }
    /* Remove the limit: a rejected connection counts until its process has ended. */
    ok(administrator.s, ar_execute(administrator.s, "ALTER ROLE refused CONNECTION LIMIT -1"));
    ok(s, ar_begin(s));
    ar_session_close(s);
    ar_db_close(db);
    ok(administrator.s, ar_execute(administrator.s, "DROP ROLE refused"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_exhausted, open_impatient, fixture_close),
        cmocka_unit_test_setup_teardown(test_same_connection_again, open_patient, fixture_close),
        cmocka_unit_test_setup_teardown(test_everybody_gets_a_turn, open_patient, fixture_close),
        cmocka_unit_test_setup_teardown(test_threads_that_are_told_busy, open_impatient, fixture_close),
        cmocka_unit_test_setup_teardown(test_killed_under_threads, open_patient, fixture_close),
        cmocka_unit_test_setup_teardown(test_no_connection_can_be_made, open_patient, fixture_close),
    };
    return cmocka_run_group_tests_name("pool", tests, open_administrator, close_administrator);
}
