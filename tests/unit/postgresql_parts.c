/* The choice between receiving a result whole and in parts, which depends on its size and, with libpq before 17, on the
 * time that both have taken. */
#include "driver/postgresql/libpq.h"
#include "driver/postgresql/parts.h"

#include "unit.h"

enum { KB = 1024, ROWS = 1000, RUNS = 200 };

/* Note a result of ROWS rows that took so many nanoseconds for each. */
static void receive(struct part_history *history, size_t size, bool in_parts, uint64_t per_row)
{
    const struct received received = {
        .row_count = ROWS, .nanoseconds = per_row * ROWS, .rows_size = size, .in_parts = in_parts};
    ar_pg_note_received(history, &received);
}

/* Receive results of this size as is preferred, at these times per row. Return how many were received in parts. */
static int run(struct part_history *history, size_t size, int count, uint64_t whole, uint64_t parts)
{
    int in_parts = 0;
    for (int i = 0; i < count; i++) {
        bool prefers_parts = ar_pg_prefers_parts(history);
        in_parts += prefers_parts;
        receive(history, size, prefers_parts, prefers_parts ? parts : whole);
    }
    return in_parts;
}

static void test_size_decides(void **state)
{
    (void)state;
    struct part_history history = {.rows_size = SIZE_MAX};
    assert_true(ar_pg_prefers_parts(&history));
    receive(&history, 32 * KB, true, 1);
    assert_false(ar_pg_prefers_parts(&history));
    receive(&history, 32768 * KB + 1, false, 1);
    assert_true(ar_pg_prefers_parts(&history));
    assert_int_equal(run(&history, 65536 * KB, RUNS, 1, 1000), RUNS);
    assert_int_equal(run(&history, KB, RUNS, 1000, 1), 1);
}

/* Every 32nd run tries the other way, which may have become the faster one. */
static void test_time_decides(void **state)
{
    (void)state;
    struct part_history history = {.rows_size = 1000 * KB};
    if (AR_PG_PART_ROWS_MAX > 1) {
        assert_int_equal(run(&history, 1000 * KB, RUNS, 1, 1000), RUNS);
        return;
    }
    assert_int_equal(run(&history, 1000 * KB, RUNS, 450, 600), 3 + RUNS / 32);
    assert_in_range(run(&history, 1000 * KB, RUNS, 450, 300), RUNS - 40, RUNS - RUNS / 32);
    assert_in_range(run(&history, 1000 * KB, RUNS, 250, 300), RUNS / 32, 40);
}

/* A measurement that includes the time of another process does not decide. */
static void test_one_slow_run(void **state)
{
    (void)state;
    struct part_history history = {.rows_size = 1000 * KB};
    if (AR_PG_PART_ROWS_MAX > 1)
        skip();
    (void)run(&history, 1000 * KB, 20, 450, 600);
    assert_false(ar_pg_prefers_parts(&history));
    receive(&history, 1000 * KB, false, 9000);
    assert_false(ar_pg_prefers_parts(&history));
}

static void test_empty_result(void **state)
{
    (void)state;
    struct part_history history = {.rows_size = 1000 * KB};
    const struct received nothing = {.nanoseconds = 5, .in_parts = true};
    ar_pg_note_received(&history, &nothing);
    assert_false(ar_pg_prefers_parts(&history));
    assert_int_equal(history.parts.count, 0);
    assert_int_equal(history.row_size, 0);
}

static void test_rows_of_part(void **state)
{
    (void)state;
    struct part_history history = {.row_size = 0};
    const int most = AR_PG_PART_ROWS_MAX;
    assert_int_equal(ar_pg_rows_of_part(NULL), most < 16 ? most : 16);
    assert_int_equal(ar_pg_rows_of_part(&history), most < 16 ? most : 16);
    history.row_size = 1;
    assert_int_equal(ar_pg_rows_of_part(&history), most);
    history.row_size = 8 * KB;
    assert_int_equal(ar_pg_rows_of_part(&history), most < 8 ? most : 8);
    history.row_size = 1000 * KB;
    assert_int_equal(ar_pg_rows_of_part(&history), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_size_decides), cmocka_unit_test(test_time_decides), cmocka_unit_test(test_one_slow_run),
        cmocka_unit_test(test_empty_result), cmocka_unit_test(test_rows_of_part),
    };
    return cmocka_run_group_tests_name("postgresql_parts", tests, NULL, NULL);
}
