/* ar_explain crashed if the connection was lost when it queried how string keys are compared: it then read the
 * round-trip time of a connection that the session no longer had. */
#include "lost_before_explain.ar.h"
#include "support.h"

#include <string.h>

static int open_harbors(void **state)
{
    return fixture_open(state, &harbor_model, &ship_model);
}

/* Terminate the server process of the fixture's session from another session. */
static void cut_connection(struct fixture *f)
{
    ok(f->s, ar_execute(f->s, "DROP TABLE IF EXISTS server_process;"
                              "CREATE TABLE server_process AS SELECT pg_backend_pid() AS pid"));
    run_sql(f, "SELECT pg_terminate_backend(pid, 10000) FROM server_process; DROP TABLE server_process");
}

static void test_explain(void **state)
{
    struct fixture *f = *state;
    struct harbor_query *harbors = harbor_query(f->s);
    const char *text;

    if (fixture_is_sqlite())
        return;
    harbor_with_ships(harbors);
    cut_connection(f);
    ok(f->s, ar_explain(harbors, &text));
    assert_non_null(strstr(text, "level by level"));
    ok(f->s, ar_explain(harbors, &text));
}

/* A tree loads on another connection: only the schema query used the lost one, and the plan is chosen without it. */
static void test_load(void **state)
{
    struct fixture *f = *state;
    struct harbor_query *harbors = harbor_query(f->s);
    struct harbor_list list;

    if (fixture_is_sqlite())
        return;
    run_sql(f, "INSERT INTO harbors VALUES ('abc')");
    harbor_with_ships(harbors);
    cut_connection(f);
    ok(f->s, harbor_all(harbors, &list));
    assert_int_equal(list.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_explain, open_harbors, fixture_close),
        cmocka_unit_test_setup_teardown(test_load, open_harbors, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
