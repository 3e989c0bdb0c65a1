/* Row locks, S-195 to S-198. */
#include "jobs.ar.h"
#include "support.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { JOBS = 60, WORKERS = 4 };

static int open_jobs(void **state)
{
    const struct ar_db_options options = {.busy_timeout_ms = 20000, .pool_size = WORKERS + 2};
    return fixture_open_file_with(state, &options, (const struct ar_model *const[]){&job_model, &step_model}, 2);
}

static void given_jobs(struct fixture *f)
{
    for (int i = 0; i < JOBS; i++) {
        struct job job = {.priority = i % 3};
        add_row(f, &job_model, &job);
        add_row(f, &step_model, &(struct step){.job_id = job.id, .number = 1});
    }
    ar_session_clear(f->other);
    reset_statements(f);
}

static struct job_query *most_urgent(struct ar_session *s)
{
    struct job_query *q = job_query(s);
    job_where(q, ar_is_null(job_column.worker));
    job_order_by(q, ar_desc(job_column.priority));
    job_limit(q, 1);
    return q;
}

/* ---- S-195: a queue ---------------------------------------------------------------------------------------------- */

struct worker {
    pthread_t thread;
    struct ar_db *db;
    int64_t number;
    int64_t taken;
    char failure[256];
};

static enum ar_status take_one(struct ar_session *s, void *payload)
{
    struct worker *worker = payload;
    struct job_query *q = most_urgent(s);
    struct job *job;
    job_lock(q, AR_LOCK_UPDATE, AR_LOCK_SKIP);
    enum ar_status status = job_first(q, &job);
    if (status != AR_OK || job == NULL)
        return status != AR_OK ? status : AR_NOT_FOUND;
    job->worker = worker->number;
    job->times_taken++;
    return job_save(s, job);
}

static void *work(void *payload)
{
    struct worker *worker = payload;
    struct ar_session *s;
    enum ar_status status = ar_session_open(worker->db, NULL, &s);
    while (status == AR_OK) {
        status = ar_transaction(s, take_one, worker);
        worker->taken += status == AR_OK;
        ar_session_clear(s);
    }
    if (status != AR_NOT_FOUND)
        snprintf(worker->failure, sizeof worker->failure, "%s", ar_status_name(status));
    ar_session_close(s);
    return NULL;
}

/* S-195: each job is taken exactly once, and no worker waits for another one. */
static void test_s195_queue(void **state)
{
    struct fixture *f = *state;
    struct worker workers[WORKERS];
    struct job_list jobs;
    int64_t taken = 0;
    given_jobs(f);
    ar_db_observe(f->db, NULL, NULL);
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = (struct worker){.db = f->db, .number = i + 1};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < WORKERS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < WORKERS; i++) {
        assert_text(workers[i].failure, "");
        taken += workers[i].taken;
    }
    assert_int_equal(taken, JOBS);
    ok(f->s, job_all(job_query(f->s), &jobs));
    for (size_t i = 0; i < jobs.count; i++) {
        assert_int_equal(jobs.items[i]->times_taken, 1);
        assert_in_range(jobs.items[i]->worker, 1, WORKERS);
    }
}

/* ---- S-196: two transactions, on PostgreSQL ---------------------------------------------------------------------- */

/* Let another transaction lock the most urgent job. */
static struct job *given_a_locked_job(struct fixture *f, enum ar_lock lock)
{
    struct job_query *q = most_urgent(f->other);
    struct job *job;
    ok(f->other, ar_begin(f->other));
    job_lock(q, lock, AR_LOCK_WAIT);
    ok(f->other, job_first(q, &job));
    return job;
}

static enum ar_status try(struct fixture *f, enum ar_lock lock, enum ar_lock_wait wait, struct job **out)
{
    struct job_query *q = most_urgent(f->s);
    job_lock(q, lock, wait);
    return job_first(q, out);
}

/* S-196: NOWAIT fails at once; SKIP LOCKED takes the next job. */
static void test_s196_locked(void **state)
{
    struct fixture *f = *state;
    struct job *job;
    given_jobs(f);
    if (fixture_is_sqlite())
        skip();
    const struct job *locked = given_a_locked_job(f, AR_LOCK_UPDATE);
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_BUSY, try(f, AR_LOCK_UPDATE, AR_LOCK_NOWAIT, &job));
    assert_text(ar_session_error(f->s)->sqlstate, "55P03");
    ok(f->s, ar_rollback(f->s));
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_BUSY, try(f, AR_LOCK_SHARE, AR_LOCK_NOWAIT, &job));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, ar_begin(f->s));
    ok(f->s, try(f, AR_LOCK_UPDATE, AR_LOCK_SKIP, &job));
    assert_int_equal(job->id, locked->id - 3);
    ok(f->s, ar_rollback(f->s));
    ok(f->other, ar_rollback(f->other));
    ok(f->s, ar_begin(f->s));
    ok(f->s, try(f, AR_LOCK_UPDATE, AR_LOCK_NOWAIT, &job));
    assert_int_equal(job->id, locked->id);
    ok(f->s, ar_rollback(f->s));
}

/* S-196: a savepoint survives a lock that was refused. */
static void test_s196_in_a_savepoint(void **state)
{
    struct fixture *f = *state;
    struct job *job;
    given_jobs(f);
    if (fixture_is_sqlite())
        skip();
    const struct job *locked = given_a_locked_job(f, AR_LOCK_UPDATE);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_BUSY, try(f, AR_LOCK_UPDATE, AR_LOCK_NOWAIT, &job));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, try(f, AR_LOCK_UPDATE, AR_LOCK_SKIP, &job));
    assert_true(job->id != locked->id);
    ok(f->s, ar_commit(f->s));
    ok(f->other, ar_rollback(f->other));
}

/* S-197: several transactions share a row; none of them can write it meanwhile. */
static void test_s197_shared(void **state)
{
    struct fixture *f = *state;
    struct job *job;
    given_jobs(f);
    if (fixture_is_sqlite())
        skip();
    const struct job *locked = given_a_locked_job(f, AR_LOCK_SHARE);
    ok(f->s, ar_begin(f->s));
    ok(f->s, try(f, AR_LOCK_SHARE, AR_LOCK_NOWAIT, &job));
    assert_int_equal(job->id, locked->id);
    fails(f->s, AR_BUSY, try(f, AR_LOCK_UPDATE, AR_LOCK_NOWAIT, &job));
    ok(f->s, ar_rollback(f->s));
    ok(f->other, ar_rollback(f->other));
}

/* ---- S-198: every lock, on both databases ------------------------------------------------------------------------ */

/* S-198: in one statement, with a page and an eager relation, whose rows are not locked. */
static void test_s198_every_lock(void **state)
{
    struct fixture *f = *state;
    given_jobs(f);
    ok(f->s, ar_begin(f->s));
    for (int lock = AR_LOCK_UPDATE; lock <= AR_LOCK_SHARE; lock++)
        for (int wait = AR_LOCK_WAIT; wait <= AR_LOCK_SKIP; wait++) {
            struct job_query *q = most_urgent(f->s);
            struct job *job;
            struct step_list steps;
            job_lock(q, (enum ar_lock)lock, (enum ar_lock_wait)wait);
            job_after(q, &(struct job){.priority = 2, .id = 30});
            job_with_steps(q);
            ok(f->s, job_one(q, &job));
            assert_int_equal(job->id, 27);
            ok(f->s, job_steps(f->s, job, &steps));
            assert_int_equal(steps.count, 1);
            assert_statements(f, 2);
        }
    ok(f->s, ar_rollback(f->s));
}

/* S-198: refused before a statement. */
static void test_s198_misuse(void **state)
{
    struct fixture *f = *state;
    struct job *job;
    struct job_list jobs;
    given_jobs(f);
    fails(f->s, AR_MISUSE, try(f, AR_LOCK_SHARE, AR_LOCK_SKIP, &job));
    assert_error_names(f->s, "ar_begin");
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_MISUSE, try(f, (enum ar_lock)7, AR_LOCK_WAIT, &job));
    assert_error_names(f->s, "enum ar_lock");
    fails(f->s, AR_MISUSE, try(f, AR_LOCK_UPDATE, (enum ar_lock_wait) - 1, &job));
    struct job_query *q = job_query(f->s);
    step_lock(job_with_steps(q), AR_LOCK_UPDATE, AR_LOCK_WAIT);
    fails(f->s, AR_MISUSE, job_all(q, &jobs));
    assert_error_names(f->s, "step");
    ok(f->s, ar_rollback(f->s));
    ok(f->s, ar_begin_with(f->s, &(struct ar_transaction_options){.read_only = true}));
    fails(f->s, AR_MISUSE, try(f, AR_LOCK_SHARE, AR_LOCK_WAIT, &job));
    assert_error_names(f->s, "read_only");
    ok(f->s, ar_rollback(f->s));
    assert_statements(f, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s195_queue, open_jobs, fixture_close),
        cmocka_unit_test_setup_teardown(test_s196_locked, open_jobs, fixture_close),
        cmocka_unit_test_setup_teardown(test_s196_in_a_savepoint, open_jobs, fixture_close),
        cmocka_unit_test_setup_teardown(test_s197_shared, open_jobs, fixture_close),
        cmocka_unit_test_setup_teardown(test_s198_every_lock, open_jobs, fixture_close),
        cmocka_unit_test_setup_teardown(test_s198_misuse, open_jobs, fixture_close),
    };
    return cmocka_run_group_tests_name("locks", tests, NULL, NULL);
}
