/* The observed times of statements that ran together were cumulative: a BEGIN before a slow SELECT was reported with
 * 117 ms. Their sum must not exceed the elapsed time. */
#include "cumulative_times.ar.h"
#include "support.h"

#include <time.h>

enum { TRUNKS = 2000 };

static uint64_t observed;
static size_t statements;

static void add_time(const struct ar_event *event, void *payload)
{
    (void)payload;
    observed += event->microseconds;
    statements++;
}

static int open_trunks(void **state)
{
    static struct trunk trunks[TRUNKS];
    static struct branch branches[TRUNKS];
    struct fixture *f;

    if (fixture_open(state, &trunk_model, &branch_model) != 0)
        return -1;
    f = *state;
    for (size_t i = 0; i < TRUNKS; i++)
        trunks[i] = (struct trunk){.name = "trunk"};
    ok(f->other, trunk_insert_many(f->other, trunks, TRUNKS));
    for (size_t i = 0; i < TRUNKS; i++)
        branches[i] = (struct branch){.trunk_id = trunks[i].id};
    ok(f->other, branch_insert_many(f->other, branches, TRUNKS));
    return 0;
}

static uint64_t now(void)
{
    struct timespec time;

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

static void test_times_add_up_to_the_elapsed_time(void **state)
{
    struct fixture *f = *state;
    struct trunk_query *q = trunk_query(f->s);
    struct trunk_list list;
    uint64_t started;

    trunk_with_branches(q);
    ar_db_observe(f->db, add_time, NULL);
    observed = 0;
    statements = 0;
    started = now();
    ok(f->s, trunk_all(q, &list));
    assert_true(observed <= now() - started);
    assert_true(statements >= 3);
    assert_int_equal(list.count, TRUNKS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_times_add_up_to_the_elapsed_time, open_trunks, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
