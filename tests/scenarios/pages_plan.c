/* S-185: the databases search pages in an index on the columns of the order, and sort nothing. */
#include "pages.ar.h"
#include "support.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_indexed(void **state)
{
    int status = fixture_open_file(state, &reel_model, &shot_model);
    if (status == 0)
        run_sql(*state, "CREATE INDEX shots_take ON shots (take, reel_id, code);"
                        "CREATE INDEX shots_length ON shots (take DESC, length, reel_id, code)");
    return status;
}

static struct shot place(void)
{
    return (struct shot){.reel_id = 2, .code = "20", .take = 3, .length = 1.5};
}

/* Assert that SQLite's plan is one line with this text. */
static void assert_sqlite_plan(const struct fixture *f, const char *expected)
{
    char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", f->last_sql);
    sqlite3 *database;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(f->file, &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, explain, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const char *plan = (const char *)sqlite3_column_text(statement, 3);
    if (strstr(plan, expected) == NULL)
        print_error("%s\n", plan);
    assert_non_null(strstr(plan, expected));
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    sqlite3_free(explain);
}

/* Assert that PostgreSQL's plan for this position is a scan with this condition, under a limit: the server checks. */
static void assert_postgresql_plan(struct fixture *f, const char *values, const char *expected)
{
    char *check = sqlite3_mprintf("SET enable_seqscan = off; SET enable_bitmapscan = off;"
                                  "PREPARE page AS %s;"
                                  "DO $check$ DECLARE line text; plan text = ''; BEGIN"
                                  "  FOR line IN EXECUTE $page$EXPLAIN (COSTS off) EXECUTE page(%s)$page$ LOOP"
                                  "    plan = plan || line || chr(10); END LOOP;"
                                  "  IF plan NOT LIKE $like$Limit%%->  Index%%Scan%%Index Cond: (%s%%$like$"
                                  "    OR plan LIKE '%%Sort%%'"
                                  "  THEN RAISE EXCEPTION '%%', plan; END IF; END $check$;"
                                  "DEALLOCATE page",
                                  f->last_sql, values, expected);
    ok(f->other, ar_execute(f->other, check));
    sqlite3_free(check);
}

static void assert_plan(struct fixture *f, struct shot_query *q, const char *sqlite, const char *values,
                        const char *postgresql)
{
    struct shot_list page;
    shot_limit(q, 10);
    ok(f->s, shot_all(q, &page));
    if (fixture_is_sqlite())
        assert_sqlite_plan(f, sqlite);
    else
        assert_postgresql_plan(f, values, postgresql);
    assert_statements(f, 1);
}

/* By the key alone, of two columns. */
static void test_s185_key(void **state)
{
    struct fixture *f = *state;
    const struct shot at = place();
    struct shot_query *q = shot_query(f->s);
    shot_after(q, &at);
    assert_plan(f, q, "((reel_id,code)>(?,?))", "2, '20'", "ROW(reel_id, code) > ROW(");
    shot_after(q, NULL);
    shot_before(q, &at);
    assert_plan(f, q, "((reel_id,code)<(?,?))", "2, '20'", "ROW(reel_id, code) < ROW(");
}

/* All columns in one direction. */
static void test_s185_one_direction(void **state)
{
    struct fixture *f = *state;
    const struct shot at = place();
    struct shot_query *q = shot_query(f->s);
    shot_order_by(q, ar_desc(shot_column.take));
    shot_after(q, &at);
    assert_plan(f, q, "shots_take ((take,reel_id,code)<(?,?,?))", "3, 2, '20'", "ROW(take, reel_id, code) < ROW(");
    shot_after(q, NULL);
    shot_before(q, &at);
    assert_plan(f, q, "shots_take ((take,reel_id,code)>(?,?,?))", "3, 2, '20'", "ROW(take, reel_id, code) > ROW(");
}

/* Of mixed directions, the first ones. */
static void test_s185_mixed_directions(void **state)
{
    struct fixture *f = *state;
    const struct shot at = place();
    struct shot_query *q = shot_query(f->s);
    shot_order_by(q, ar_desc(shot_column.take));
    shot_order_by(q, ar_asc(shot_column.length));
    shot_after(q, &at);
    assert_plan(f, q, "shots_length (take<?)", "3, 3, 1.5, 2, '20'", "take <= ");
    shot_after(q, NULL);
    shot_before(q, &at);
    assert_plan(f, q, "shots_length (take>?)", "3, 3, 1.5, 2, '20'", "take >= ");
}

/* Among the rows of a relation. */
static void test_s185_of_a_relation(void **state)
{
    struct fixture *f = *state;
    const struct shot at = place();
    run_sql(f, "CREATE INDEX shots_of_reel ON shots (reel_id, take, code)");
    struct shot_query *q = reel_shots_query(f->s, &(struct reel){.id = 2});
    shot_order_by(q, ar_asc(shot_column.take));
    shot_order_by(q, ar_asc(shot_column.code));
    shot_order_by(q, ar_asc(shot_column.reel_id));
    shot_after(q, &at);
    assert_plan(f, q, "shots_of_reel (reel_id=? AND (take,code)>(?,?))", "2, 3, '20', 2", "(reel_id = ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s185_key, open_indexed, fixture_close),
        cmocka_unit_test_setup_teardown(test_s185_one_direction, open_indexed, fixture_close),
        cmocka_unit_test_setup_teardown(test_s185_mixed_directions, open_indexed, fixture_close),
        cmocka_unit_test_setup_teardown(test_s185_of_a_relation, open_indexed, fixture_close),
    };
    return cmocka_run_group_tests_name("pages_plan", tests, NULL, NULL);
}
