/* S-589: 16 threads add to one versioned row at the same time, each in its own session. No increment is lost, and none
 * is a conflict. Only the main thread makes assertions. */
#include "hits.ar.h"
#include "support.h"

#include <pthread.h>
#include <stdio.h>

enum { THREADS = 16, INCREMENTS = 25 };

struct worker {
    pthread_t thread;
    struct ar_db *db;
    int64_t highest;       /* that the thread has seen */
    enum ar_status status; /* the first failure */
    char message[256];
};

/* Add with a loaded record and with a struct that has the key only, in and outside of transactions. */
static enum ar_status add_one(struct worker *worker, struct ar_session *s, struct hit_count *record, int number)
{
    struct hit_count key = {.tenant_id = 1, .day = 1}, *count = number % 2 == 0 ? record : &key;
    bool is_in_transaction = number % 5 == 0;
    enum ar_status status = is_in_transaction ? ar_begin(s) : AR_OK;
    if (status == AR_OK)
        status = hit_count_assign(s, count,
                                  ar_sets(ar_add(hit_count_column.hits, 1), ar_subtract(hit_count_column.misses, 2)));
    if (status == AR_OK && (count->hits <= worker->highest || count->misses != -2 * count->hits))
        status = AR_DATABASE;
    worker->highest = count->hits;
    return status == AR_OK && is_in_transaction ? ar_commit(s) : status;
}

static void *work(void *payload)
{
    struct worker *worker = payload;
    struct ar_session *s;
    struct hit_count *record;
    worker->status = ar_session_open(worker->db, NULL, &s);
    if (worker->status != AR_OK)
        return NULL;
    worker->status = hit_count_find(s, 1, 1, &record);
    for (int i = 0; i < INCREMENTS && worker->status == AR_OK; i++)
        worker->status = add_one(worker, s, record, i);
    if (worker->status != AR_OK)
        snprintf(worker->message, sizeof worker->message, "%s", ar_session_error(s)->message);
    ar_session_close(s);
    return NULL;
}

/* SQLite grants a free lock to the first connection that asks: on a busy machine, one may wait for a long time. */
static int open_counts(void **state)
{
    static const struct ar_db_options patient = {
        .pool_size = THREADS + 2, .pool_wait_ms = 600000, .busy_timeout_ms = 600000};
    const struct ar_model *const models[] = {&hit_count_model};
    return fixture_open_file_with(state, &patient, models, 1);
}

static void test_no_increment_is_lost(void **state)
{
    struct fixture *f = *state;
    struct worker workers[THREADS];
    struct hit_count count = {.tenant_id = 1, .day = 1}, *found;
    add_row(f, &hit_count_model, &count);
    ar_session_clear(f->s);
    ar_session_clear(f->other);
    ar_db_observe(f->db, NULL, NULL);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.db = f->db};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        if (workers[i].status != AR_OK)
            fail_msg("thread %d: %s: %s", i, ar_status_name(workers[i].status), workers[i].message);
    ok(f->s, hit_count_find(f->s, 1, 1, &found));
    assert_int_equal(found->hits, THREADS * INCREMENTS);
    assert_int_equal(found->misses, -2 * THREADS * INCREMENTS);
    assert_int_equal(found->version, THREADS * INCREMENTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_increment_is_lost, open_counts, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
