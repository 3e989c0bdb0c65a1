/* A delete found the rows that depend on a column which is not the primary key by the value in the struct: those of
 * another row, if the caller had changed it without saving, or another session had changed the row. NULL counted as 0.
 */
#include "deleted_by_value.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &team_model, &player_model, &shirt_model, &sponsor_model, &badge_model);
}

static int64_t count_players(struct fixture *f)
{
    int64_t count;

    ok(f->other, player_count(player_query(f->other), &count));
    return count;
}

static struct team *given_teams(struct fixture *f)
{
    struct team first = {.code = "a", .number = 1}, second = {.code = "b", .number = 2}, *loaded;

    add_row(f, &team_model, &first);
    add_row(f, &team_model, &second);
    add_row(f, &player_model, &(struct player){.team_code = "b"});
    ok(f->s, team_find(f->s, first.id, &loaded));
    return loaded;
}

/* The session knows the code that the row has. */
static void test_unsaved(void **state)
{
    struct fixture *f = *state;
    struct team *team = given_teams(f);

    team->code = "b";
    reset_statements(f);
    ok(f->s, team_delete(f->s, team));
    assert_statements(f, 4); /* the row, its players, its shirts, and itself */
    assert_int_equal(count_players(f), 1);
}

static void test_caller_owned(void **state)
{
    struct fixture *f = *state;
    struct team *team = given_teams(f), mine = {.id = team->id, .code = "b", .number = 2};

    add_row(f, &player_model, &(struct player){.team_code = "a"});
    ok(f->s, team_delete(f->s, &mine));
    assert_int_equal(count_players(f), 1);
}

static void test_changed_elsewhere(void **state)
{
    struct fixture *f = *state;
    struct team *team = given_teams(f);

    run_sql(f, "UPDATE teams SET code = 'c' WHERE code = 'a'");
    add_row(f, &player_model, &(struct player){.team_code = "c"});
    ok(f->s, team_delete(f->s, team));
    assert_int_equal(count_players(f), 1);
}

static void test_missing(void **state)
{
    struct fixture *f = *state;
    struct team *team = given_teams(f);

    run_sql(f, "DELETE FROM teams WHERE code = 'a'");
    fails(f->s, AR_NOT_FOUND, team_delete(f->s, team));
}

/* Rows that refer to it by a relation without .dependent are named by their values, too. */
static void test_refused(void **state)
{
    struct fixture *f = *state;
    struct team *team = given_teams(f);

    add_row(f, &sponsor_model, &(struct sponsor){.team_code = "a"});
    team->code = "b";
    fails(f->s, AR_CONSTRAINT, team_delete(f->s, team));
    assert_error_names(f->s, "sponsor.team (sponsor.team_code)");
}

/* SQLite does not name the foreign key: all that have such rows are listed. */
static void test_refused_twice(void **state)
{
    struct fixture *f = *state;
    struct team *team = given_teams(f);

    add_row(f, &badge_model, &(struct badge){.team_code = "a", .team_number = 1});
    fails(f->s, AR_CONSTRAINT, team_delete(f->s, team));
    if (fixture_is_sqlite())
        assert_error_names(f->s, "badge.team (badge.team_code), badge.numbered (badge.team_code)");
}

/* A team without a number has no shirts. */
static void test_null(void **state)
{
    struct fixture *f = *state;
    struct team none = {.code = "x"}, zero = {.code = "z"}, *loaded;
    int64_t count;

    add_row(f, &team_model, &none);
    add_row(f, &team_model, &zero);
    run_sql(f, "UPDATE teams SET number = 0 WHERE code = 'z'");
    add_row(f, &shirt_model, &(struct shirt){.team_number = 0});
    ok(f->s, team_find(f->s, none.id, &loaded));
    ok(f->s, team_delete(f->s, loaded));
    ok(f->other, shirt_count(shirt_query(f->other), &count));
    assert_int_equal(count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_unsaved, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_caller_owned, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_changed_elsewhere, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_missing, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_refused, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_refused_twice, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_null, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
