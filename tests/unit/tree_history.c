/* The choice of a tree's plan by what was observed. Times are those of the issue that asked for it, in microseconds. */
#include "read/tree_history.h"

#include "library.ar.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

enum { LEVELS = 3, ROWS = 11000 };

static struct ar_db db;
static struct link session_link = {.db = &db};
static struct ar_query queries[LEVELS];
static struct node nodes[LEVELS];
static struct tree tree;

static int begin(void **state)
{
    (void)state;
    free(atomic_load(&db.tree_history));
    atomic_store(&db.tree_history, NULL);
    memset(queries, 0, sizeof queries);
    memset(nodes, 0, sizeof nodes);
    for (int i = 0; i < LEVELS; i++) {
        queries[i].model = &book_model;
        nodes[i] = (struct node){.q = &queries[i], .parent = i > 0 ? &nodes[i - 1] : NULL, .level = (size_t)i};
    }
    tree = (struct tree){
        .link = &session_link,
        .nodes = nodes,
        .node_count = LEVELS,
        .level_count = LEVELS,
        .trip_count = LEVELS,
    };
    return 0;
}

static int end(void **state)
{
    (void)begin(state);
    return 0;
}

/* Run the tree: its work in either plan takes so long. */
static enum ar_plan run(uint64_t round_trip, uint64_t waves, uint64_t one_trip)
{
    enum ar_plan plan = ar_tree_expect(&tree, round_trip);
    struct tree_run noted = {
        .plan = plan,
        .round_trip = round_trip,
        .rows = ROWS,
        .microseconds = plan == AR_PLAN_WAVES ? waves + LEVELS * round_trip : one_trip + round_trip,
    };

    ar_tree_note(&tree, &noted);
    return plan;
}

/* Return how many of the last runs took one trip. */
static int one_trips(int last, uint64_t round_trip, uint64_t waves, uint64_t one_trip)
{
    int count = 0;

    for (int i = 0; i < 100; i++)
        count += run(round_trip, waves, one_trip) == AR_PLAN_ONE_TRIP && i >= 100 - last;
    return count;
}

/* A tree that costs much more in one trip is loaded level by level, unless round trips cost even more. */
static void test_expensive_repetition(void **state)
{
    (void)state;
    assert_int_equal(one_trips(100, 100, 10700, 43200), 0);
    assert_int_equal(one_trips(100, 500, 10700, 43200), 0);
    assert_true(one_trips(50, 6000, 10700, 43200) <= 2);
    assert_true(one_trips(50, 12000, 10700, 43200) <= 4);
    assert_int_equal(one_trips(50, 20000, 10700, 43200), 50);
    assert_true(one_trips(50, 500, 10700, 43200) == 0);
}

/* A small tree takes one trip as soon as it is known to be small. */
static void test_small_trees(void **state)
{
    (void)state;
    assert_int_equal(run(3000, 900, 1100), AR_PLAN_WAVES);
    assert_int_equal(run(3000, 900, 1100), AR_PLAN_WAVES);
    assert_int_equal(one_trips(100, 3000, 900, 1100), 100);
    assert_true(one_trips(50, 20, 900, 1100) <= 2);
}

/* On the same machine, a tree is loaded level by level although a single run takes a little less time in one trip. */
static void test_cheap_round_trips(void **state)
{
    (void)state;
    assert_int_equal(one_trips(90, 3000, 900, 1100), 90);
    assert_int_equal(one_trips(100, 249, 900, 1100), 0);
    assert_int_equal(one_trips(90, 250, 900, 1100), 90);
}

/* Without observations, only slow round trips are a reason to repeat work. */
static void test_first_run(void **state)
{
    (void)state;
    assert_int_equal(ar_tree_expect(&tree, 9000), AR_PLAN_WAVES);
    assert_int_equal(ar_tree_expect(&tree, 10000), AR_PLAN_ONE_TRIP);
}

/* The first run of a plan prepares its statements, which is not held against it. */
static void test_preparation_is_left_out(void **state)
{
    (void)state;
    (void)run(3000, 60000, 0);
    (void)run(3000, 900, 0);
    assert_int_equal(run(3000, 900, 60000), AR_PLAN_ONE_TRIP);
    assert_int_equal(run(3000, 900, 1100), AR_PLAN_ONE_TRIP);
    assert_int_equal(run(3000, 900, 1100), AR_PLAN_ONE_TRIP);
}

/* A single slow run does not change the plan. */
static void test_outlier(void **state)
{
    (void)state;
    assert_int_equal(one_trips(90, 3000, 900, 1100), 90);
    (void)run(3000, 900, 9000);
    assert_int_equal(one_trips(100, 3000, 900, 1100), 100);
}

/* A plan that was slow once is tried again after hundreds of runs of the other one, if that is known to be slow too. */
static void test_forgotten(void **state)
{
    int runs = 0;

    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(run(3000, 60000, 20000), AR_PLAN_WAVES);
    for (int i = 0; i < 3; i++)
        assert_int_equal(run(40000, 60000, 20000), AR_PLAN_ONE_TRIP);
    while (runs < 1000 && run(3000, 900, 20000) == AR_PLAN_ONE_TRIP)
        runs++;
    assert_in_range(runs, 100, 300);
    assert_int_equal(one_trips(100, 3000, 900, 20000), 0);
}

/* What is known of a tree says nothing about one with another condition. */
static void test_shapes_are_separate(void **state)
{
    struct ar_term term = {.op = AR_OP_EQ, .column = &book_model.columns[0]};
    struct query_condition condition = {.terms = &term};

    (void)state;
    assert_int_equal(one_trips(90, 3000, 900, 1100), 90);
    queries[0].conditions = &condition;
    assert_int_equal(ar_tree_expect(&tree, 3000), AR_PLAN_WAVES);
    term.column = &book_model.columns[1];
    assert_int_equal(one_trips(90, 3000, 900, 1100), 90);
    term.column = &book_model.columns[0];
    assert_int_equal(ar_tree_expect(&tree, 3000), AR_PLAN_WAVES);
}

/* Times and rows that exceed 32 bits count as the largest. */
static void test_extreme_times(void **state)
{
    struct tree_run noted = {.plan = AR_PLAN_WAVES, .round_trip = 300, .microseconds = UINT64_MAX};

    (void)state;
    for (int i = 0; i < 3; i++)
        ar_tree_note(&tree, &noted);
    assert_int_equal(ar_tree_expect(&tree, 300), AR_PLAN_WAVES);
    noted.rows = UINT64_MAX;
    ar_tree_note(&tree, &noted);
    noted.rows = 0;
    for (int i = 0; i < 40; i++)
        ar_tree_note(&tree, &noted);
    assert_int_equal(ar_tree_expect(&tree, UINT32_MAX), AR_PLAN_WAVES);
    noted = (struct tree_run){.plan = AR_PLAN_ONE_TRIP, .round_trip = 300, .rows = 1, .microseconds = 301};
    for (int i = 0; i < 40; i++)
        ar_tree_note(&tree, &noted);
    assert_int_equal(ar_tree_expect(&tree, 300), AR_PLAN_ONE_TRIP);
}

/* A plan whose work is too short to be measured is known as well. */
static void test_no_work(void **state)
{
    (void)state;
    assert_int_equal(one_trips(50, 300, 0, 0), 0);
    assert_int_equal(one_trips(90, 3000, 900, 0), 90);
    (void)begin(state);
    for (int i = 0; i < 2; i++) {
        ar_tree_note(&tree, &(struct tree_run){.plan = AR_PLAN_WAVES, .round_trip = 300, .rows = ROWS});
        ar_tree_note(
            &tree, &(struct tree_run){.plan = AR_PLAN_ONE_TRIP, .round_trip = 300, .rows = ROWS, .microseconds = 1300});
    }
    assert_int_equal(ar_tree_expect(&tree, 300), AR_PLAN_WAVES);
    assert_int_equal(ar_tree_expect(&tree, 1000), AR_PLAN_ONE_TRIP);
}

#define test(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_expensive_repetition),
        test(test_small_trees),
        test(test_cheap_round_trips),
        test(test_first_run),
        test(test_preparation_is_left_out),
        test(test_outlier),
        test(test_forgotten),
        test(test_shapes_are_separate),
        test(test_extreme_times),
        test(test_no_work),
    };

    return cmocka_run_group_tests_name("tree_history", tests, NULL, NULL);
}
