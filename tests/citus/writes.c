/* Writes to rows of several tenants, S-507: on ordinary tables, and on Citus on distributed ones. */
#include "given.h"

enum { MANY = 3000 }; /* rows, for which COPY is used */

static int64_t issues_counted(struct fixture *f, int64_t tenant, int64_t id)
{
    struct project *project;

    ok(f->s, project_find(f->s, tenant, id, &project));
    ok(f->s, project_reload(f->s, project));
    return project->issue_count;
}

/* S-507: inserts of many rows, by arrays and by COPY, count the issues of all tenants. */
static void test_s507_inserts(void **state)
{
    static struct issue many[MANY];
    struct fixture *f = *state;
    struct issue few[] = {{.tenant_id = 1, .id = 100, .project_id = 2, .title = "new"},
                          {.tenant_id = 3, .id = 100, .project_id = 1, .title = "new"},
                          {.tenant_id = 3, .id = 101, .project_id = 1, .title = "new"}};
    int64_t count;

    ok(f->s, issue_insert_many(f->s, few, 3));
    assert_int_equal(issues_counted(f, 1, 2), ISSUES + 1);
    assert_int_equal(issues_counted(f, 3, 1), ISSUES + 2);
    assert_int_equal(issues_counted(f, 2, 1), ISSUES);
    struct issue spread[PROJECTS]; /* over the projects of one tenant, whose rows are on one server */
    for (int64_t i = 0; i < PROJECTS; i++)
        spread[i] = (struct issue){.tenant_id = 1, .id = 200 + i, .project_id = 1 + i, .title = "spread"};
    ok(f->s, issue_insert_many(f->s, spread, PROJECTS));
    assert_int_equal(issues_counted(f, 1, 1), ISSUES + 1);
    assert_int_equal(issues_counted(f, 1, 2), ISSUES + 2);
    assert_int_equal(issues_counted(f, 1, 3), ISSUES + 1);
    for (int64_t i = 0; i < MANY; i++)
        many[i] = (struct issue){.tenant_id = 1 + i % TENANTS, .id = 1000 + i, .project_id = 3, .title = "copied"};
    ok(f->s, issue_insert_many(f->s, many, MANY));
    ok(f->s, issue_count(issue_query(f->s), &count));
    assert_int_equal(count, TENANTS * PROJECTS * ISSUES + 3 + PROJECTS + MANY);
    assert_int_equal(issues_counted(f, 2, 3), ISSUES + MANY / TENANTS);
}

/* S-507: counters of all projects, and of some, are counted again. */
static void test_s507_recounts(void **state)
{
    struct fixture *f = *state;
    struct project *first, *second;

    ok(f->s, project_find(f->s, 1, 1, &first));
    ok(f->s, project_find(f->s, 2, 2, &second));
    run_sql(f, "UPDATE projects SET issue_count = 77");
    ok(f->s, issue_recount_project(f->s, (struct project *[]){first, second}, 2));
    assert_int_equal(issues_counted(f, 1, 1), ISSUES);
    assert_int_equal(issues_counted(f, 2, 2), ISSUES);
    assert_int_equal(issues_counted(f, 3, 3), 77);
    ok(f->s, issue_recount_project(f->s, NULL, 0));
    assert_int_equal(issues_counted(f, 3, 3), ISSUES);
}

/* S-507: an upsert of new and known rows. */
static void test_s507_upserts(void **state)
{
    struct fixture *f = *state;
    struct label labels[] = {{.tenant_id = 1, .id = 1, .name = "fault"}, {.tenant_id = 2, .id = 9, .name = "new"}};
    enum ar_upsert_effect effects[2];
    struct label *label;

    ok(f->s, label_upsert_many(f->s, labels, 2, NULL, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_UPDATED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
    ok(f->s, label_find(f->s, 1, 1, &label));
    assert_text(label->name, "fault");
}

/* S-507: a delete with dependents, and an update of all rows. */
static void test_s507_deletes(void **state)
{
    struct fixture *f = *state;
    struct project *project;
    int64_t count, changed;

    run_sql(f, "DELETE FROM issue_labels");
    run_sql(f, "UPDATE issues SET parent_id = NULL");
    ok(f->s, project_find(f->s, 2, 1, &project));
    ok(f->s, project_delete(f->s, project));
    ok(f->s, issue_count(issue_query(f->s), &count));
    assert_int_equal(count, TENANTS * PROJECTS * ISSUES - ISSUES);
    ok(f->s, issue_update_all(issue_query(f->s), ar_set(issue_column.points, 5), &changed));
    assert_int_equal(changed, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s507_inserts, open_tracker, fixture_close),
        cmocka_unit_test_setup_teardown(test_s507_recounts, open_tracker, fixture_close),
        cmocka_unit_test_setup_teardown(test_s507_upserts, open_tracker, fixture_close),
        cmocka_unit_test_setup_teardown(test_s507_deletes, open_tracker, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
