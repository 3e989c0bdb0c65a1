/* Keys of several columns on tables that are partitioned by the first one, S-500 and S-501: a statement for the keys of
 * one tenant reads one partition of each table, which EXPLAIN shows. */
#include "given.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTITIONS = 4 };

/* ---- Partitions -------------------------------------------------------------------------------------------------- */

static void partition(struct fixture *f, const char *table)
{
    char sql[512];

    (void)snprintf(sql, sizeof sql,
                   "ALTER TABLE %s RENAME TO %s_whole;"
                   "CREATE TABLE %s (LIKE %s_whole INCLUDING ALL) PARTITION BY HASH (tenant_id);"
                   "DROP TABLE %s_whole CASCADE",
                   table, table, table, table, table);
    run_sql(f, sql);
    for (int i = 0; i < PARTITIONS; i++) {
        (void)snprintf(sql, sizeof sql,
                       "CREATE TABLE %s_p%d PARTITION OF %s FOR VALUES WITH (MODULUS %d, REMAINDER %d)", table, i,
                       table, PARTITIONS, i);
        run_sql(f, sql);
    }
}

/* Return the number of partitions of the table that the plan names. */
static int count_partitions(const PGresult *plan, const char *table)
{
    int count = 0;

    for (int i = 0; i < PARTITIONS; i++) {
        char name[64];
        bool is_named = false;
        (void)snprintf(name, sizeof name, " %s_p%d ", table, i);
        for (int line = 0; line < PQntuples(plan); line++) {
            char text[1024];
            (void)snprintf(text, sizeof text, "%s ", PQgetvalue(plan, line, 0));
            is_named = is_named || strstr(text, name) != NULL;
        }
        count += is_named;
    }
    return count;
}

/* Assert that the plan of the last statement, with these values, reads so many partitions of the table. */
static void assert_partitions(struct fixture *f, const char *table, int expected, const char *const *values)
{
    PGresult *plan = plan_of(f, values);
    int count = count_partitions(plan, table);

    if (count != expected)
        print_plan(plan);
    PQclear(plan);
    assert_int_equal(count, expected);
}

#define assert_partitions(f, table, expected, ...)                                                                     \
    assert_partitions(f, table, expected, (const char *const[]){__VA_ARGS__})

/* ---- Data -------------------------------------------------------------------------------------------------------- */

static int open_partitions(void **state)
{
    static const char *const tables[] = {"labels", "projects", "issues", "issue_labels"};
    int status = open_tables(state);

    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == 0; i++)
        partition(*state, tables[i]);
    if (status == 0)
        given_tenants(*state);
    return status;
}

#define IDS "'{1,2,3}'::bigint[]"
#define TENANT_OF_EACH "'{2,2,2}'::bigint[]"

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

/* S-500: relations of records of one tenant, loaded lazily. */
static void test_s500_lazy_loads(void **state)
{
    struct fixture *f = *state;
    struct issue_list issues = issues_of(f, 2), some;
    struct project *project;
    struct project_list projects;
    struct issue *first;
    struct label_list labels;

    ok(f->s, issue_project(f->s, issues.items[ISSUES], &project));
    assert_int_equal(project->tenant_id, 2);
    assert_int_equal(project->id, 2);
    assert_partitions(f, "projects", 1, "2", IDS);
    assert_statements(f, 1);

    ok(f->s, issue_labels(f->s, issues.items[0], &labels));
    assert_int_equal(labels.count, LABELS);
    assert_int_equal(labels.items[0]->tenant_id, 2);
    assert_partitions(f, "issue_labels", 1, "2", IDS);
    assert_partitions(f, "labels", 1, "2", IDS);
    assert_statements(f, 1);

    projects = projects_of(f, 2);
    for (size_t i = 0; i < projects.count; i++) {
        ok(f->s, project_issues(f->s, projects.items[i], &some));
        assert_int_equal(some.count, ISSUES);
        assert_int_equal(some.items[0]->project_id, projects.items[i]->id);
    }
    assert_partitions(f, "issues", 1, "2", IDS);
    assert_statements(f, 1);

    ok(f->s, project_first_issue(f->s, projects.items[1], &first));
    assert_int_equal(first->project_id, projects.items[1]->id);
    assert_partitions(f, "issues", 1, TENANT_OF_EACH, IDS, "2");
    assert_statements(f, 1);
}

/* S-501: limits, counts and trees of one tenant. */
static void test_s501_limits_counts_and_trees(void **state)
{
    struct fixture *f = *state;
    struct project_query *q = project_query(f->s);
    struct project_list projects;
    struct issue_list issues;
    bool has_issues;
    int64_t count;

    project_where(q, ar_eq(project_column.tenant_id, 2));
    ar_query_plan(project_query_base(q), AR_PLAN_WAVES);
    issue_limit(project_with_issues(q), 2);
    ok(f->s, project_all(q, &projects));
    ok(f->s, project_issues(f->s, projects.items[0], &issues));
    assert_int_equal(issues.count, 2);
    assert_partitions(f, "issues", 1, TENANT_OF_EACH, IDS, "2", "2");
    assert_statements(f, 2);

    projects = projects_of(f, 2);
    ok(f->s, project_issues_count(f->s, projects.items[0], &count));
    assert_int_equal(count, ISSUES);
    assert_partitions(f, "issues", 1, "2", TENANT_OF_EACH, IDS);
    ok(f->s, project_issues_exists(f->s, projects.items[0], &has_issues));
    assert_true(has_issues);
    reset_statements(f);

    issues = issues_of(f, 2);
    ok(f->s, issue_children_tree(f->s, issues.items[0], AR_WHOLE_DEPTH, &issues));
    assert_int_equal(issues.count, ISSUES - 1);
    assert_partitions(f, "issues", 1, "2", IDS, "2", "2", IDS);
    assert_statements(f, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s500_lazy_loads, open_partitions, fixture_close),
        cmocka_unit_test_setup_teardown(test_s501_limits_counts_and_trees, open_partitions, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
