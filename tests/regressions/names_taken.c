/* CREATE … IF NOT EXISTS skipped a name that belonged to another kind of relation: the table or its unique index was
 * missing without an error. */
#include "names_taken.ar.h"
#include "support.h"

static int open_nothing(void **state)
{
    if (fixture_open_with(state, NULL, NULL, NULL, 0) != 0)
        return -1;
    run_sql(*state, "DROP TABLE IF EXISTS takers");
    run_sql(*state, "DROP TABLE IF EXISTS takers_email");
    return 0;
}

static void test_table(void **state)
{
    struct fixture *f = *state;

    run_sql(f, fixture_is_sqlite() ? "CREATE VIEW takers AS SELECT 1" : "CREATE SEQUENCE takers");
    /* A view is compared with the model, and lacks its columns. */
    fails(f->s, fixture_is_sqlite() ? AR_CONFLICT : AR_DATABASE, ar_create_tables(f->s, &taker_model));
    assert_error_names(f->s, "takers");
    run_sql(f, fixture_is_sqlite() ? "DROP VIEW takers" : "DROP SEQUENCE takers");
    ok(f->s, ar_create_tables(f->s, &taker_model));
    ok(f->s, ar_create_tables(f->s, &taker_model));
}

static void test_index(void **state)
{
    struct fixture *f = *state;

    run_sql(f, "CREATE TABLE takers_email (id INTEGER)");
    fails(f->s, AR_DATABASE, ar_create_tables(f->s, &taker_model));
    assert_error_names(f->s, "takers_email");
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_nothing, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {test(test_table), test(test_index)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
