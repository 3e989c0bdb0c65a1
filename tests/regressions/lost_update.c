/* Threads find a counter, increment it and save it, each time in a transaction. With concurrent transactions, saving a
 * value that was read before another one committed lost that increment: 1,513 of 1,793 on PostgreSQL. */
#include "lost_update.ar.h"
#include "support.h"

#include <pthread.h>
#include <stdio.h>

enum { THREADS = 4, ADDITIONS = 40 };

static int open_counter(void **state)
{
    if (fixture_open_file(state, &counter_model) != 0)
        return -1;
    add_row(*state, &counter_model, &(struct counter){.value = 0});
    return 0;
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_counter, fixture_close)

struct worker {
    pthread_t thread;
    struct ar_db *db;
    const struct ar_transaction_options *options;
    enum ar_status (*find)(struct ar_session *s, struct counter **out);
    enum ar_status status;
    char message[256];
};

static enum ar_status find(struct ar_session *s, struct counter **out)
{
    return counter_find(s, 1, out);
}

static enum ar_status find_for_update(struct ar_session *s, struct counter **out)
{
    return counter_find_for_update(s, 1, out);
}

static enum ar_status find_by_query(struct ar_session *s, struct counter **out)
{
    struct counter_query *q = counter_query(s);
    counter_where(q, ar_ge(counter_column.value, 0));
    counter_order_by(q, ar_desc(counter_column.id));
    counter_for_update(q);
    return counter_one(q, out);
}

static enum ar_status add_one(struct ar_session *s, void *payload)
{
    struct worker *worker = payload;
    struct counter *counter;
    enum ar_status status = worker->find(s, &counter);
    if (status != AR_OK)
        return status;
    counter->value++;
    return counter_save(s, counter);
}

/* The thread uses one session throughout: its cached counter must not be incremented. */
static void *add(void *payload)
{
    struct worker *worker = payload;
    struct ar_session *s;
    worker->status = ar_session_open(worker->db, NULL, &s);
    for (int i = 0; i < ADDITIONS && worker->status == AR_OK; i++) {
        do
            worker->status = ar_transaction_with(s, worker->options, add_one, worker);
        while (worker->status == AR_BUSY);
    }
    if (worker->status != AR_OK)
        snprintf(worker->message, sizeof worker->message, "%s", ar_session_error(s)->message);
    ar_session_close(s);
    return NULL;
}

static void add_in_threads(struct fixture *f, const struct ar_transaction_options *options,
                           enum ar_status (*function)(struct ar_session *s, struct counter **out))
{
    struct worker workers[THREADS];
    struct counter *counter;
    f->is_paused = true;
    ar_session_clear(f->other);
    ar_db_observe(f->db, NULL, NULL);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.db = f->db, .options = options, .find = function};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, add, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        if (workers[i].status != AR_OK)
            fail_msg("%s: %s", ar_status_name(workers[i].status), workers[i].message);
    ok(f->s, counter_find(f->s, 1, &counter));
    assert_int_equal(counter->value, THREADS * ADDITIONS);
}

static void test_find_for_update(void **state)
{
    add_in_threads(*state, NULL, find_for_update);
}

static void test_query_for_update(void **state)
{
    add_in_threads(*state, NULL, find_by_query);
}

static void test_repeatable_read(void **state)
{
    add_in_threads(*state, &(struct ar_transaction_options){.isolation = AR_ISOLATION_REPEATABLE_READ}, find);
}

static void test_serializable(void **state)
{
    add_in_threads(*state, &(struct ar_transaction_options){.isolation = AR_ISOLATION_SERIALIZABLE}, find);
}

/* A lock lasts until its transaction ends: without a transaction it would be useless. */
static void test_locks_outside_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct counter *counter;
    struct counter_query *q = counter_query(f->s);
    struct counter_list list;
    counter_for_update(q);
    fails(f->s, AR_MISUSE, counter_find_for_update(f->s, 1, &counter));
    assert_error_names(f->s, "ar_begin");
    assert_null(counter);
    fails(f->s, AR_MISUSE, counter_all(q, &list));
    fails(f->s, AR_MISUSE, counter_first(q, &counter));
    assert_statements(f, 0);
    ok(f->s, ar_begin(f->s));
    ok(f->s, counter_all(q, &list));
    assert_int_equal(list.count, 1);
    ok(f->s, counter_find_for_update(f->s, 1, &counter));
    fails(f->s, AR_NOT_FOUND, counter_find_for_update(f->s, 2, &counter));
    ok(f->s, ar_rollback(f->s));
}

static void test_locks_of_readers(void **state)
{
    struct fixture *f = *state;
    struct counter *counter;
    reopen_session(f, (struct ar_session_options){.read_only = true});
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_MISUSE, counter_find_for_update(f->s, 1, &counter));
    ok(f->s, ar_rollback(f->s));
}

/* A read-only transaction cannot write, and on SQLite does not wait for a writer. */
static void test_read_only(void **state)
{
    struct fixture *f = *state;
    const struct ar_transaction_options options = {.read_only = true};
    struct counter *counter, added = {.value = 1};
    ok(f->other, ar_begin(f->other));
    ok(f->s, ar_begin_with(f->s, &options));
    ok(f->s, counter_find(f->s, 1, &counter));
    counter->value = 7;
    fails(f->s, AR_MISUSE, counter_save(f->s, counter));
    assert_error_names(f->s, "read_only");
    fails(f->s, AR_MISUSE, counter_insert(f->s, &added));
    fails(f->s, AR_MISUSE, counter_find_for_update(f->s, 1, &counter));
    ok(f->s, ar_commit(f->s));
    ok(f->other, ar_rollback(f->other));
    ok(f->s, counter_insert(f->s, &added));
}

static void test_options_within_a_transaction(void **state)
{
    struct fixture *f = *state;
    const struct ar_transaction_options options[] = {{.read_only = true}, {.isolation = AR_ISOLATION_SERIALIZABLE}};
    ok(f->s, ar_begin(f->s));
    for (int i = 0; i < 2; i++) {
        fails(f->s, AR_MISUSE, ar_begin_with(f->s, &options[i]));
        assert_error_names(f->s, "outermost");
    }
    ok(f->s, ar_begin_with(f->s, &(struct ar_transaction_options){.read_only = false}));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, ar_rollback(f->s));
}

static void test_invalid_isolation(void **state)
{
    struct fixture *f = *state;
    const struct ar_transaction_options options = {.isolation = (enum ar_isolation)(AR_ISOLATION_SERIALIZABLE + 1)};
    fails(f->s, AR_MISUSE, ar_begin_with(f->s, &options));
    assert_error_names(f->s, "is not a value of enum ar_isolation");
    fails(f->s, AR_MISUSE, ar_commit(f->s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_find_for_update),   test(test_query_for_update),
        test(test_repeatable_read),   test(test_serializable),
        test(test_read_only),         test(test_locks_outside_a_transaction),
        test(test_locks_of_readers),  test(test_options_within_a_transaction),
        test(test_invalid_isolation),
    };
    return cmocka_run_group_tests_name("lost_update", tests, NULL, NULL);
}
