/* Reads of several tenants, S-502 to S-504: on ordinary tables, and on Citus if its tables are distributed. */
#include "given.h"

static struct project_list all_projects(struct fixture *f)
{
    struct project_query *q = project_query(f->s);
    struct project_list projects;

    project_order_by(q, ar_desc(project_column.tenant_id));
    project_order_by(q, ar_asc(project_column.id));
    ok(f->s, project_all(q, &projects));
    assert_int_equal(projects.count, TENANTS * PROJECTS);
    reset_statements(f);
    return projects;
}

/* S-502: the keys of several tenants in one load. */
static void test_s502_relations(void **state)
{
    struct fixture *f = *state;
    struct project_list projects = all_projects(f);
    struct issue_list issues;
    struct project *project;
    struct label_list labels;

    for (size_t i = 0; i < projects.count; i++) {
        ok(f->s, project_issues(f->s, projects.items[i], &issues));
        assert_int_equal(issues.count, ISSUES);
        assert_int_equal(issues.items[0]->tenant_id, projects.items[i]->tenant_id);
        assert_int_equal(issues.items[0]->project_id, projects.items[i]->id);
    }
    assert_statements(f, 1);
    ar_session_clear(f->s);
    ok(f->s, issue_all(issue_query(f->s), &issues));
    assert_int_equal(issues.count, TENANTS * PROJECTS * ISSUES);
    reset_statements(f);
    for (size_t i = 0; i < issues.count; i++) {
        ok(f->s, issue_labels(f->s, issues.items[i], &labels));
        assert_int_equal(labels.count, LABELS);
        assert_int_equal(labels.items[0]->tenant_id, issues.items[i]->tenant_id);
    }
    assert_statements(f, 1);
    for (size_t i = 0; i < issues.count; i++) {
        ok(f->s, issue_project(f->s, issues.items[i], &project));
        assert_int_equal(project->tenant_id, issues.items[i]->tenant_id);
        assert_int_equal(project->id, issues.items[i]->project_id);
    }
    assert_statements(f, 1);
}

/* S-503: limits for each record, and the first of several rows. */
static void test_s503_limits(void **state)
{
    struct fixture *f = *state;
    struct project_query *q = project_query(f->s);
    struct issue_query *some = project_with_issues(q);
    struct project_list projects;
    struct issue_list issues;
    struct issue *first;

    issue_order_by(some, ar_desc(issue_column.id));
    issue_limit(some, 2);
    issue_offset(some, 1);
    ok(f->s, project_all(q, &projects));
    assert_int_equal(projects.count, TENANTS * PROJECTS);
    assert_statements(f, 2);
    for (size_t i = 0; i < projects.count; i++) {
        ok(f->s, project_issues(f->s, projects.items[i], &issues));
        assert_int_equal(issues.count, 2);
        assert_int_equal(issues.items[0]->tenant_id, projects.items[i]->tenant_id);
        assert_int_equal(issues.items[0]->id, projects.items[i]->id * ISSUES - 1);
        assert_int_equal(issues.items[1]->id, projects.items[i]->id * ISSUES - 2);
    }
    for (size_t i = 0; i < projects.count; i++) {
        ok(f->s, project_first_issue(f->s, projects.items[i], &first));
        assert_int_equal(first->tenant_id, projects.items[i]->tenant_id);
        assert_int_equal(first->id, (projects.items[i]->id - 1) * ISSUES + 1);
    }
    assert_statements(f, 1);
}

/* S-504: aggregates of the related rows of each record. */
static void test_s504_aggregates(void **state)
{
    struct fixture *f = *state;
    struct project_list projects = all_projects(f);
    struct issue_list issues;
    int64_t count;
    bool exists;

    run_sql(f, "DELETE FROM issue_labels WHERE tenant_id = 2");
    run_sql(f, "UPDATE issues SET parent_id = NULL WHERE tenant_id = 2");
    run_sql(f, "DELETE FROM issues WHERE tenant_id = 2 AND project_id = 3");
    for (size_t i = 0; i < projects.count; i++) {
        bool is_empty = projects.items[i]->tenant_id == 2 && projects.items[i]->id == 3;
        ok(f->s, project_issues_count(f->s, projects.items[i], &count));
        assert_int_equal(count, is_empty ? 0 : ISSUES);
    }
    assert_statements(f, 1);
    ar_session_clear(f->s);
    projects = all_projects(f);
    for (size_t i = 0; i < projects.count; i++) {
        bool is_empty = projects.items[i]->tenant_id == 2 && projects.items[i]->id == 3;
        ok(f->s, project_issues_exists(f->s, projects.items[i], &exists));
        assert_int_equal(exists, !is_empty);
    }
    assert_statements(f, 1);
    ok(f->s, issue_all(issue_query(f->s), &issues));
    reset_statements(f);
    for (size_t i = 0; i < issues.count; i++) {
        ok(f->s, issue_labels_count(f->s, issues.items[i], &count));
        assert_int_equal(count, issues.items[i]->tenant_id == 2 ? 0 : LABELS);
    }
    assert_statements(f, 1);
}

/* S-504: trees, by keys and in one round trip, and records that are followed up and down. */
static void test_s504_trees(void **state)
{
    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    struct fixture *f = *state;
    struct issue_list issues, below;

    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        ar_session_clear(f->s);
        struct project_query *q = project_query(f->s);
        struct project_list projects;
        struct label_list labels;
        project_where(q, ar_eq(project_column.tenant_id, 3));
        project_order_by(q, ar_asc(project_column.id));
        ar_query_plan(project_query_base(q), plans[i]);
        issue_with_labels(project_with_issues(q));
        reset_statements(f);
        ok(f->s, project_all(q, &projects));
        assert_int_equal(projects.count, PROJECTS);
        assert_statements(f, 3);
        ok(f->s, project_issues(f->s, projects.items[2], &issues));
        assert_int_equal(issues.count, ISSUES);
        ok(f->s, issue_labels(f->s, issues.items[3], &labels));
        assert_int_equal(labels.count, LABELS);
        assert_statements(f, 0);
    }
    issues = issues_of(f, 1);
    ok(f->s, issue_children_tree(f->s, issues.items[0], AR_WHOLE_DEPTH, &below));
    assert_int_equal(below.count, ISSUES - 1);
    assert_statements(f, 1);
    ok(f->s, issue_parent_path(f->s, issues.items[ISSUES - 1], AR_WHOLE_DEPTH, &below));
    assert_int_equal(below.count, ISSUES - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s502_relations, open_tracker, fixture_close),
        cmocka_unit_test_setup_teardown(test_s503_limits, open_tracker, fixture_close),
        cmocka_unit_test_setup_teardown(test_s504_aggregates, open_tracker, fixture_close),
        cmocka_unit_test_setup_teardown(test_s504_trees, open_tracker, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
