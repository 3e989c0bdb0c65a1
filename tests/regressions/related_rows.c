/* SQLite refused insert_many of two rows if the first references the second, but accepted 21 such rows: few rows were
 * inserted by separate statements, and foreign keys are checked after each. */
#include "related_rows.ar.h"
#include "support.h"

static int open_parts(void **state)
{
    return fixture_open(state, &part_model);
}

/* Each row references the next; the last has no reference. */
static void test_any_number_of_rows_may_reference_later_rows(void **state)
{
    static const size_t counts[] = {2, 3, 15, 16, 21};
    struct fixture *f = *state;
    int64_t id = 0, total = 0, count;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct part parts[21] = {0};
        for (size_t j = 0; j < counts[i]; j++)
            parts[j] = (struct part){.id = id + (int64_t)j + 1, .whole_id = id + (int64_t)j + 2, .name = "part"};
        parts[counts[i] - 1].whole_id = 0;
        ok(f->s, part_insert_many(f->s, parts, counts[i]));
        id += (int64_t)counts[i];
        total += (int64_t)counts[i];
    }
    ok(f->s, part_count(part_query(f->s), &count));
    assert_int_equal(count, total);
}

static void test_a_missing_row_is_refused_for_any_number_of_rows(void **state)
{
    static const size_t counts[] = {1, 2, 16, 21};
    struct fixture *f = *state;
    int64_t count;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct part parts[21] = {0};
        for (size_t j = 0; j < counts[i]; j++)
            parts[j] = (struct part){.id = (int64_t)j + 1, .whole_id = 99, .name = "part"};
        fails(f->s, AR_CONSTRAINT, part_insert_many(f->s, parts, counts[i]));
    }
    ok(f->s, part_count(part_query(f->s), &count));
    assert_int_equal(count, 0);
}

static void test_new_rows_get_their_keys(void **state)
{
    struct fixture *f = *state;
    struct part parts[2] = {{.name = "a"}, {.name = "b"}};

    ok(f->s, part_insert_many(f->s, parts, 2));
    assert_int_equal(parts[0].id, 1);
    assert_int_equal(parts[1].id, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_any_number_of_rows_may_reference_later_rows, open_parts, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_missing_row_is_refused_for_any_number_of_rows, open_parts,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_new_rows_get_their_keys, open_parts, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
