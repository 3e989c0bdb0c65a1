/* The issue tracker of 100 tenants under load, while its primary fails: see scale.h. */
#include "plans.h"
#include "report.h"
#include "support.h"
#include "verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct stage *stage;
static const char *url;
static FILE *plan_files[PROCESSES];

/* ---- The load ---------------------------------------------------------------------------------------------------- */

static void open_database(struct ar_db **db)
{
    struct ar_db_options options = {.pool_size = 0};

    choose_options(&options);
    if (ar_db_open(url, &options, db) != AR_OK)
        fail_msg("%s", ar_db_error(*db)->message);
}

/* Create the tables, unless a migration has created them, with partitions. */
static void fill_database(void)
{
    struct ar_session *s;
    struct ar_db *db;

    open_database(&db);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    if (getenv("ARMATURE_SCALE_SERVERS") == NULL)
        ok(s, ar_create_table_list(s, tracker_models, tracker_model_count));
    ar_session_close(s);
    assert_int_equal(seed(db, &stage->first_version), AR_OK);
    ar_db_close(db);
}

static bool switch_servers(const char *action)
{
    char command[1024];

    (void)snprintf(command, sizeof command, "%s %s", getenv("ARMATURE_SCALE_SERVERS"), action);
    return system(command) == 0;
}

/* Stop the primary while all workers write, and replace it after some reads from the standby. */
static bool fail_over(void)
{
    bool is_done = stage_await(stage, &stage->halfway, WORKERS);

    stage_set_phase(stage, DURING);
    is_done = is_done && switch_servers("fail") && stage_await(stage, &stage->outage_reads, OUTAGE_READS);
    is_done = is_done && switch_servers("recover");
    stage_set_phase(stage, AFTER);
    return is_done;
}

static int be_worker(unsigned number)
{
    int status;

    keep_plans(plan_files[number]);
    status = work_on(stage, number, url);
    return fflush(plan_files[number]) == 0 ? status : 1;
}

/* Without a failover, the reader is not started. */
static void start_workers(pid_t *workers, unsigned count)
{
    (void)fflush(NULL);
    for (unsigned i = 0; i < count; i++) {
        workers[i] = fork();
        assert_int_not_equal(workers[i], -1);
        if (workers[i] == 0)
            _exit(be_worker(i));
    }
}

static void finish_workers(const pid_t *workers, unsigned count)
{
    bool is_right = true;

    for (unsigned i = 0; i < count; i++) {
        int status;
        assert_int_equal(waitpid(workers[i], &status, 0), workers[i]);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
            continue;
        printf("worker %u: %s\n", i, stage->logs[i].complaint);
        is_right = false;
    }
    assert_true(is_right);
}

/* Without a URL, the database is a new file in the working directory. */
static void choose_url(void)
{
    url = getenv("ARMATURE_TEST_URL");
    if (url != NULL)
        return;
    url = "sqlite:armature-scale.db";
    (void)unlink("armature-scale.db");
}

/* Run the load once; the tests look at its results. */
static int run_load(void **state)
{
    const char *operations = getenv("ARMATURE_SCALE_OPERATIONS");
    pid_t workers[PROCESSES];
    unsigned count;
    bool has_failed_over;

    (void)state;
    choose_url();
    stage = stage_open(operations != NULL ? (unsigned)atoi(operations) : 200, getenv("ARMATURE_SCALE_SERVERS") != NULL);
    assert_non_null(stage);
    for (unsigned i = 0; i < PROCESSES; i++) {
        plan_files[i] = tmpfile();
        assert_non_null(plan_files[i]);
    }
    count = stage->has_failover ? PROCESSES : WORKERS;
    fill_database();
    stage_set_phase(stage, BEFORE);
    start_workers(workers, count);
    has_failed_over = !stage->has_failover || fail_over();
    finish_workers(workers, count);
    assert_true(has_failed_over);
    stage->began[stage->has_failover ? PHASES : DURING] = nanoseconds_now();
    return 0;
}

static int close_stage(void **state)
{
    (void)state;
    stage_close(stage);
    for (unsigned i = 0; i < PROCESSES; i++)
        (void)fclose(plan_files[i]);
    return 0;
}

/* ---- Its results ------------------------------------------------------------------------------------------------- */

static void test_s680_no_commit_is_lost(void **state)
{
    struct outcomes outcomes;
    struct ar_db *db;

    (void)state;
    open_database(&db);
    assert_true(verify_commits(stage, db, &outcomes));
    ar_db_close(db);
    printf("%u commits, all of them there; %u of unknown outcome; %u not committed\n", outcomes.committed,
           outcomes.unknown, outcomes.refused);
}

static void test_s681_numbers_are_right(void **state)
{
    struct ar_db *db;

    (void)state;
    open_database(&db);
    assert_true(verify_numbers(stage, db));
    ar_db_close(db);
}

static void test_s682_statements_are_pruned(void **state)
{
    struct plans plans = {.executed = 0};

    (void)state;
    if (fixture_is_sqlite())
        skip();
    assert_true(check_plans(stage, plan_files, url, &plans));
    printf("%d statements were explained, %d of them distinct; none read more than %d partition\n", plans.executed,
           plans.distinct, plans.partitions);
    assert_int_equal(plans.partitions, 1);
}

static void test_s683_throughput(void **state)
{
    (void)state;
    report(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_s680_no_commit_is_lost),
        cmocka_unit_test(test_s681_numbers_are_right),
        cmocka_unit_test(test_s682_statements_are_pruned),
        cmocka_unit_test(test_s683_throughput),
    };
    return cmocka_run_group_tests(tests, run_load, close_stage);
}
