/* Relations of sharded models: every foreign key has the shard key, which writes through relations leave as it is. */
#include "support.h"

#include "tracker.ar.h"

static int open_tracker(void **state)
{
    return fixture_open(state, &plan_model, &tenant_model, &project_model, &label_model, &issue_model);
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_tracker, fixture_close)

/* Tenants 1 and 2, each with the project 1, its issues 1 and 2, issue 3 without a project, and labels 1 and 2. */
static void given_tenants(struct fixture *f)
{
    struct plan plan = {.name = "free"};

    add_row(f, &plan_model, &plan);
    for (int64_t id = 1; id <= 2; id++) {
        add_row(f, &tenant_model, &(struct tenant){.id = id, .name = "tenant", .plan_id = plan.id});
        add_row(f, &project_model, &(struct project){.tenant_id = id, .id = 1, .code = "web"});
        for (int64_t issue = 1; issue <= 3; issue++)
            add_row(f, &issue_model,
                    &(struct issue){.tenant_id = id, .id = issue, .project_id = issue < 3 ? 1 : 0, .title = "broken"});
        add_row(f, &label_model, &(struct label){.tenant_id = id, .id = 1, .name = "bug"});
        add_row(f, &label_model, &(struct label){.tenant_id = id, .id = 2, .name = "idea"});
    }
    reset_statements(f);
}

static struct project *the_project(struct fixture *f, int64_t tenant_id)
{
    struct project *project;

    ok(f->s, project_find(f->s, tenant_id, 1, &project));
    reset_statements(f);
    return project;
}

static struct issue *the_issue(struct fixture *f, int64_t tenant_id, int64_t id)
{
    struct issue *issue;

    ok(f->s, issue_find(f->s, tenant_id, id, &issue));
    reset_statements(f);
    return issue;
}

static struct label *the_label(struct fixture *f, int64_t tenant_id, int64_t id)
{
    struct label *label;

    ok(f->s, label_find(f->s, tenant_id, id, &label));
    reset_statements(f);
    return label;
}

/* Return the number of rows of the table that meet the condition. */
static int64_t count_issues(struct fixture *f, struct ar_condition condition)
{
    struct issue_query *q = issue_query(f->other);
    int64_t count;

    issue_where(q, condition);
    ok(f->other, issue_count(q, &count));
    return count;
}

/* ---- S-514 ------------------------------------------------------------------------------------------------------- */

static void test_s514_loads_within_the_shard(void **state)
{
    struct fixture *f = *state;
    struct issue_list issues;
    struct project *project, *parent;
    struct plan *plan;
    struct tenant *tenant;

    given_tenants(f);
    project = the_project(f, 2);
    ok(f->s, project_issues(f->s, project, &issues));
    assert_int_equal(issues.count, 2);
    for (size_t i = 0; i < issues.count; i++)
        assert_int_equal(issues.items[i]->tenant_id, 2);
    ok(f->s, issue_project(f->s, issues.items[0], &parent));
    assert_ptr_equal(parent, project);
    assert_statements(f, 1);
    ok(f->s, project_tenant(f->s, project, &tenant));
    ok(f->s, tenant_plan(f->s, tenant, &plan));
    assert_text(plan->name, "free");
    assert_statements(f, 2);
}

/* ---- S-515 ------------------------------------------------------------------------------------------------------- */

/* Adding to a has_many and removing from it set the foreign key without the shard key. */
static void test_s515_add_and_remove_children(void **state)
{
    struct fixture *f = *state;
    struct project *project;
    struct issue *issue, *records[1];
    struct ar_link_changes changes;

    given_tenants(f);
    project = the_project(f, 1);
    records[0] = issue = the_issue(f, 1, 3);
    ok(f->s, project_issues_add(f->s, project, records, 1, &changes));
    assert_int_equal(changes.added, 1);
    assert_statements(f, 1);
    assert_int_equal(issue->project_id, 1);
    assert_int_equal(issue->tenant_id, 1);
    ok(f->s, project_issues_remove(f->s, project, records, 1, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.removed, 1);
    assert_int_equal(issue->project_id, 0);
    assert_int_equal(issue->tenant_id, 1);
    assert_int_equal(count_issues(f, ar_eq(issue_column.project_id, 1)), 4);
}

static void test_s515_children_of_another_shard(void **state)
{
    struct fixture *f = *state;
    struct project *project;
    struct issue *records[1];

    given_tenants(f);
    project = the_project(f, 1);
    records[0] = the_issue(f, 2, 3);
    fails(f->s, AR_MISUSE, project_issues_add(f->s, project, records, 1, NULL));
    assert_error_names(f->s, "tenant_id");
    assert_statements(f, 0);
    assert_int_equal(count_issues(f, ar_eq(issue_column.tenant_id, 2)), 3);
}

/* A foreign key that is the shard key alone cannot be set: that would move the row. */
static void test_s515_children_by_the_shard_key(void **state)
{
    struct fixture *f = *state;
    struct tenant *tenant;
    struct project *records[1];

    given_tenants(f);
    ok(f->s, tenant_find(f->s, 1, &tenant));
    records[0] = the_project(f, 1);
    fails(f->s, AR_MISUSE, tenant_projects_add(f->s, tenant, records, 1, NULL));
    assert_error_names(f->s, "tenant_id");
}

/* ---- S-516 ------------------------------------------------------------------------------------------------------- */

static void test_s516_join_table(void **state)
{
    struct fixture *f = *state;
    struct issue *issue;
    struct label *records[2];
    struct label_list labels;
    struct issue_list issues;
    struct ar_link_changes changes;

    given_tenants(f);
    issue = the_issue(f, 2, 1);
    records[0] = the_label(f, 2, 1);
    records[1] = the_label(f, 2, 2);
    ok(f->s, issue_labels_add(f->s, issue, records, 2, &changes));
    assert_int_equal(changes.added, 2);
    ok(f->s, issue_labels_add(f->s, issue, records, 2, &changes));
    assert_int_equal(changes.added, 0);
    reset_statements(f);
    ok(f->s, issue_labels(f->s, issue, &labels));
    assert_int_equal(labels.count, 2);
    assert_ptr_equal(labels.items[0], records[0]);
    ok(f->s, label_issues(f->s, records[1], &issues));
    assert_int_equal(issues.count, 1);
    assert_ptr_equal(issues.items[0], issue);
    assert_statements(f, 2);
    ok(f->s, project_labels(f->s, the_project(f, 2), &labels));
    assert_int_equal(labels.count, 2);
    ok(f->s, project_labels(f->s, the_project(f, 1), &labels));
    assert_int_equal(labels.count, 0);
    ok(f->s, issue_labels_remove(f->s, issue, records, 1, &changes));
    assert_int_equal(changes.removed, 1);
    ok(f->s, issue_labels(f->s, issue, &labels));
    assert_int_equal(labels.count, 1);
    assert_ptr_equal(labels.items[0], records[1]);
}

static void test_s516_join_across_shards(void **state)
{
    struct fixture *f = *state;
    struct issue *issue;
    struct label *records[1];
    struct label_list labels;

    given_tenants(f);
    issue = the_issue(f, 1, 1);
    records[0] = the_label(f, 2, 1);
    fails(f->s, AR_MISUSE, issue_labels_add(f->s, issue, records, 1, NULL));
    assert_error_names(f->s, "tenant_id");
    assert_statements(f, 0);
    ok(f->s, issue_labels(f->s, issue, &labels));
    assert_int_equal(labels.count, 0);
}

/* ---- S-517 ------------------------------------------------------------------------------------------------------- */

/* `.dependent = nullify` keeps the shard key. */
static void test_s517_nullify(void **state)
{
    struct fixture *f = *state;

    given_tenants(f);
    ok(f->s, project_delete(f->s, the_project(f, 1)));
    assert_statements(f, 2);
    assert_int_equal(count_issues(f, ar_eq(issue_column.tenant_id, 1)), 3);
    assert_int_equal(count_issues(f, ar_eq(issue_column.project_id, 1)), 2);
}

/* ---- S-518 ------------------------------------------------------------------------------------------------------- */

/* A tree within a shard: `parent_id` is NULL in its root, but the shard key is not. */
static void test_s518_tree(void **state)
{
    struct fixture *f = *state;
    struct issue *child, *parent, *root, *records[1];
    struct issue_list children;

    given_tenants(f);
    root = the_issue(f, 1, 1);
    records[0] = child = the_issue(f, 1, 2);
    ok(f->s, issue_parent(f->s, root, &parent));
    assert_null(parent);
    assert_statements(f, 0);
    ok(f->s, issue_children_add(f->s, root, records, 1, NULL));
    ok(f->s, issue_parent(f->s, child, &parent));
    assert_ptr_equal(parent, root);
    ok(f->s, issue_children(f->s, root, &children));
    assert_int_equal(children.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s514_loads_within_the_shard),
        story(test_s515_add_and_remove_children),
        story(test_s515_children_of_another_shard),
        story(test_s515_children_by_the_shard_key),
        story(test_s516_join_table),
        story(test_s516_join_across_shards),
        story(test_s517_nullify),
        story(test_s518_tree),
    };
    return cmocka_run_group_tests_name("shards: relations", tests, NULL, NULL);
}
