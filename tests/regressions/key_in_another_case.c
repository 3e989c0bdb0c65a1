/* A query whose only condition was ar_eq_nocase of a text primary key found only the row with the key in the same case:
 * it ran as a search by key. */
#include "key_in_another_case.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &land_model);
}

static void test_found_in_another_case(void **state)
{
    struct fixture *f = *state;
    struct land land = {.code = "DE", .name = "Germany"}, *found;
    struct land_query *q = land_query(f->s);

    add_row(f, &land_model, &land);
    land_where(q, ar_eq_nocase(land_column.code, "de"));
    ok(f->s, land_one(q, &found));
    assert_string_equal(found->name, "Germany");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_found_in_another_case, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
