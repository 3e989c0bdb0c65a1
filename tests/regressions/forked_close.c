/* A child process that closed inherited sessions ended its parent's transaction and connections; one that wrote with
 * them ended its parent's snapshot. */
#include "forked_close.ar.h"
#include "support.h"

#include <sys/wait.h>
#include <unistd.h>

static int commits, rollbacks; /* of jobs, in this process */

void note_commit(struct ar_session *s, const struct job *job, enum ar_change change)
{
    (void)s, (void)job, (void)change;
    commits++;
}

void note_rollback(struct ar_session *s, const struct job *job, enum ar_change change)
{
    (void)s, (void)job, (void)change;
    rollbacks++;
}

static int open_jobs(void **state)
{
    commits = rollbacks = 0;
    return fixture_open_file(state, &job_model);
}

/* Run `function` in a child process; it returns 0 on success. */
static void in_a_child(int (*function)(struct fixture *f), struct fixture *f)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        commits = rollbacks = 0;
        exit_child(function(f));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int close_all(struct fixture *f)
{
    ar_session_close(f->s);
    ar_session_close(f->other);
    ar_db_close(f->db);
    return commits + rollbacks;
}

static int clear_and_use(struct fixture *f)
{
    struct job *job;
    if (job_find(f->s, 1, &job) != AR_MISUSE || ar_rollback(f->s) == AR_BUSY)
        return 1;
    ar_session_clear(f->s);
    if (job_find(f->s, 1, &job) != AR_MISUSE || ar_begin(f->s) != AR_MISUSE || commits > 0)
        return 2;
    return ar_execute(f->other, "SELECT 1") == AR_MISUSE ? 0 : 3;
}

/* The parent has an open transaction and an idle connection in the pool; both must survive the child. */
static void check(struct fixture *f, int (*function)(struct fixture *f))
{
    struct job first = {.state = "first"}, second = {.state = "second"}, *found;
    int64_t count;
    ok(f->other, job_count(job_query(f->other), &count));
    ar_session_clear(f->other);
    ok(f->s, ar_begin(f->s));
    ok(f->s, job_insert(f->s, &first));
    in_a_child(function, f);
    ok(f->s, job_insert(f->s, &second));
    ok(f->s, ar_commit(f->s));
    assert_int_equal(commits, 2);
    assert_int_equal(rollbacks, 0);
    ok(f->other, job_find(f->other, first.id, &found));
    ok(f->other, job_find(f->other, second.id, &found));
    ok(f->other, ar_execute(f->other, "SELECT 1"));
}

static void test_a_child_closes(void **state)
{
    check(*state, close_all);
}

static void test_a_child_clears(void **state)
{
    check(*state, clear_and_use);
}

static int open_in_memory(void **state)
{
    return fixture_open(state, &job_model);
}

/* A database in memory has one more connection, which keeps it. */
static void test_a_child_closes_memory(void **state)
{
    struct fixture *f = *state;
    struct job job = {.state = "new"}, *found;
    ok(f->s, job_insert(f->s, &job));
    in_a_child(close_all, f);
    ok(f->other, job_find(f->other, job.id, &found));
}

static void test_a_child_closes_snapshots(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.snapshot = true});
    int64_t before, after;
    struct job job = {.state = "another"};
    ok(f->s, job_count(job_query(f->s), &before));
    in_a_child(close_all, f);
    add_row(f, &job_model, &job);
    ok(f->s, job_count(job_query(f->s), &after));
    assert_int_equal(after, before);
}

static int write_all(struct fixture *f)
{
    struct job job = {.state = "a child's"};
    if (ar_execute(f->s, "SELECT 1") != AR_MISUSE)
        return 1;
    return job_insert(f->s, &job) == AR_MISUSE ? 0 : 2;
}

static void test_a_child_writes_in_snapshots(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.snapshot = true});
    int64_t before, after;
    struct job job = {.state = "another"};
    ok(f->s, job_count(job_query(f->s), &before));
    in_a_child(write_all, f);
    add_row(f, &job_model, &job);
    ok(f->s, job_count(job_query(f->s), &after));
    assert_int_equal(after, before);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_jobs, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_a_child_closes),
        test(test_a_child_clears),
        test(test_a_child_closes_snapshots),
        cmocka_unit_test_setup_teardown(test_a_child_closes_memory, open_in_memory, fixture_close),
        test(test_a_child_writes_in_snapshots),
    };
    return cmocka_run_group_tests_name("forked_close", tests, NULL, NULL);
}
