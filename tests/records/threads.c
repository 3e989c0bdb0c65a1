/* One database, many threads, each with its own sessions, over a pool with fewer connections than threads. In the end
 * every write is present, and each thread has read its own. Only the main thread makes assertions. */
#include "account.ar.h"
#include "support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { THREADS = 6, UNITS_OF_WORK = 40, POOL = 3 };

/* The task of one thread, and its result. */
struct worker {
    pthread_t thread;
    struct ar_db *db;
    int number;
    enum ar_status status; /* the first failure */
    char message[256];
};

static atomic_size_t statements;

static void count_statement(const struct ar_event *event, void *payload)
{
    (void)event, (void)payload;
    atomic_fetch_add(&statements, 1);
}

/* Write a plan with two accounts, and read them back. */
static enum ar_status write_and_read(struct ar_session *s, struct plan *plan)
{
    struct account accounts[2] = {{.name = "first"}, {.name = "second"}};
    enum ar_status status = ar_begin(s);
    if (status == AR_OK)
        status = plan_save(s, plan);
    for (size_t i = 0; i < 2 && status == AR_OK; i++) {
        accounts[i].plan_id = plan->id;
        status = account_save(s, &accounts[i]);
    }
    if (status == AR_OK)
        status = ar_commit(s);
    if (status != AR_OK)
        return status;

    struct plan_query *q = plan_query(s);
    struct plan *read;
    struct account_list list;
    plan_where(q, ar_eq(plan_column.id, plan->id));
    plan_with_accounts(q);
    status = plan_one(q, &read);
    if (status == AR_OK)
        status = plan_accounts(s, read, &list);
    if (status == AR_OK && (list.count != 2 || read->price != plan->price))
        status = AR_DATABASE;
    return status;
}

static enum ar_status unit_of_work(struct worker *worker, int unit)
{
    struct ar_session *s;
    struct plan plan = {.name = "plan", .price = worker->number * UNITS_OF_WORK + unit};
    enum ar_status status = ar_session_open(worker->db, NULL, &s);
    if (status != AR_OK)
        return status;
    status = write_and_read(s, &plan);
    if (status != AR_OK)
        snprintf(worker->message, sizeof worker->message, "%s", ar_session_error(s)->message);
    ar_session_close(s);
    return status;
}

static void *work(void *payload)
{
    struct worker *worker = payload;
    for (int unit = 0; unit < UNITS_OF_WORK && worker->status == AR_OK; unit++)
        worker->status = unit_of_work(worker, unit);
    return NULL;
}

/* SQLite grants a free lock to the first connection that asks, not to the one that has waited longest. On a busy
 * machine a connection may wait for a long time. */
static const struct ar_db_options patient = {.pool_size = POOL, .pool_wait_ms = 600000, .busy_timeout_ms = 600000};

/* Run all threads on the database, then check its contents. */
static void share(struct fixture *f)
{
    struct worker workers[THREADS];
    ar_session_clear(f->s);
    ar_session_clear(f->other);
    ar_db_observe(f->db, count_statement, NULL);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.db = f->db, .number = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        if (workers[i].status != AR_OK)
            fail_msg("thread %d: %s: %s", i, ar_status_name(workers[i].status), workers[i].message);

    struct ar_value sum;
    int64_t count;
    int64_t units = THREADS * UNITS_OF_WORK;
    ok(f->s, plan_count(plan_query(f->s), &count));
    assert_int_equal(count, units);
    ok(f->s, account_count(account_query(f->s), &count));
    assert_int_equal(count, 2 * units);
    ok(f->s, plan_sum(plan_query(f->s), plan_column.price, &sum));
    assert_int_equal(sum.integer, units * (units - 1) / 2);
    assert_true(statements >= (size_t)units * 7);
}

static int open_shared_memory(void **state)
{
    const struct ar_model *const models[] = {&plan_model, &account_model};
    return fixture_open_with(state, "sqlite::memory:", &patient, models, 2);
}

static void test_threads_in_memory(void **state)
{
    share(*state);
}

static int open_shared_file(void **state)
{
    static const struct ar_model *const models[] = {&plan_model, &account_model};
    return fixture_open_file_with(state, &patient, models, 2);
}

static void test_threads_on_a_file(void **state)
{
    share(*state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_threads_in_memory, open_shared_memory, fixture_close),
        cmocka_unit_test_setup_teardown(test_threads_on_a_file, open_shared_file, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
