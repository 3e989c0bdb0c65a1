/* The shard key of a row never changes, and unique columns are unique within a shard. */
#include "support.h"

#include "tracker.ar.h"

static int open_tracker(void **state)
{
    return fixture_open(state, &plan_model, &tenant_model, &project_model, &label_model, &issue_model);
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_tracker, fixture_close)

/* Tenants 1 and 2, each with a project 1 whose code is "web", and an issue 1. */
static void given_tenants(struct fixture *f)
{
    struct plan plan = {.name = "free"};

    add_row(f, &plan_model, &plan);
    for (int64_t id = 1; id <= 2; id++) {
        add_row(f, &tenant_model, &(struct tenant){.id = id, .name = "tenant", .plan_id = plan.id});
        add_row(f, &project_model, &(struct project){.tenant_id = id, .id = 1, .code = "web", .name = "site"});
        add_row(f, &issue_model, &(struct issue){.tenant_id = id, .id = 1, .project_id = 1, .title = "broken"});
    }
    reset_statements(f);
}

/* ---- S-510 ------------------------------------------------------------------------------------------------------- */

static void test_s510_unique_within_a_shard(void **state)
{
    struct fixture *f = *state;
    struct project again = {.tenant_id = 1, .id = 2, .code = "web"}, other = {.tenant_id = 1, .id = 2, .code = "app"};

    given_tenants(f); /* two tenants have the code */
    fails(f->s, AR_CONSTRAINT, project_insert(f->s, &again));
    ok(f->s, project_insert(f->s, &other));
    assert_statements(f, 2);
}

/* ---- S-511 ------------------------------------------------------------------------------------------------------- */

/* The conflict columns of an upsert by a unique column have the shard key, whether it is named or not. */
static void test_s511_upsert_within_the_shard(void **state)
{
    struct fixture *f = *state;
    const struct ar_column *const both[] = {project_column.code.column, project_column.tenant_id.column, NULL};
    const struct ar_upsert ways[] = {
        {.by = project_column.code.column},
        {.by_columns = (const struct ar_column *const[]){project_column.code.column, NULL}},
        {.by_columns = both},
    };
    struct project *found, *untouched;

    given_tenants(f);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const char *name = i == 0 ? "first" : i == 1 ? "second" : "third";
        struct project project = {.tenant_id = 2, .id = 7, .code = "web", .name = name};
        enum ar_upsert_effect effect;
        ok(f->s, ar_record_upsert(f->s, &project_model, &project, &ways[i], &effect));
        assert_int_equal(effect, AR_UPSERT_UPDATED);
        assert_int_equal(project.id, 1);
        ok(f->s, project_find(f->s, 2, 1, &found));
        assert_text(found->name, name);
    }
    ok(f->s, project_find(f->s, 1, 1, &untouched));
    assert_text(untouched->name, "site");
}

static void test_s511_upsert_by_another_column(void **state)
{
    struct fixture *f = *state;
    struct project project = {.tenant_id = 1, .id = 1, .name = "x"};

    given_tenants(f);
    fails(
        f->s, AR_MISUSE,
        ar_record_upsert(f->s, &project_model, &project, &(struct ar_upsert){.by = project_column.name.column}, NULL));
    assert_error_names(f->s, "project.name");
    assert_statements(f, 0);
}

/* ---- S-512 ------------------------------------------------------------------------------------------------------- */

static void test_s512_update_all_of_the_shard_key(void **state)
{
    struct fixture *f = *state;
    struct issue_query *q = issue_query(f->s);
    int64_t changed = 7;

    given_tenants(f);
    fails(f->s, AR_MISUSE, issue_update_all(q, ar_set(issue_column.tenant_id, 2), &changed));
    assert_error_names(f->s, "tenant_id, its shard key");
    assert_int_equal(changed, 0);
    assert_statements(f, 0);
}

/* Two issues of a tenant that refer to each other: the foreign key that is set afterwards is their number alone. */
static void test_s872_circle_of_a_graph(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct issue issues[] = {{.tenant_id = 2, .id = 7, .title = "hen"}, {.tenant_id = 2, .id = 8, .title = "egg"}};
    struct issue *stored;

    given_tenants(f);
    issue_put(&graph, &issues[0]);
    issue_set_parent(&graph, &issues[0], &issues[1]);
    issue_put(&graph, &issues[1]);
    issue_set_parent(&graph, &issues[1], &issues[0]);
    ok(f->s, ar_graph_save(&graph));
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(issues[i].parent_id, issues[1 - i].id);
        ok(f->other, issue_find(f->other, 2, issues[i].id, &stored));
        assert_int_equal(stored->parent_id, issues[1 - i].id);
    }
}

/* ---- S-513 ------------------------------------------------------------------------------------------------------- */

/* A record of the session whose shard key was changed would be the row of another tenant. */
static void test_s513_changed_record(void **state)
{
    struct fixture *f = *state;
    struct issue *issue, *of_other;
    enum ar_upsert_effect effect;

    given_tenants(f);
    ok(f->s, issue_find(f->s, 1, 1, &issue));
    issue->tenant_id = 2;
    issue->title = "stolen";
    reset_statements(f);
    fails(f->s, AR_MISUSE, issue_save(f->s, issue));
    assert_error_names(f->s, "issue.tenant_id");
    fails(f->s, AR_MISUSE, issue_update(f->s, issue));
    fails(f->s, AR_MISUSE, issue_insert(f->s, issue));
    fails(f->s, AR_MISUSE, issue_reload(f->s, issue));
    fails(f->s, AR_MISUSE, issue_delete(f->s, issue));
    fails(f->s, AR_MISUSE, ar_record_upsert(f->s, &issue_model, issue, NULL, &effect));
    assert_error_names(f->s, "issue.tenant_id");
    assert_statements(f, 0);
    ok(f->s, issue_find(f->s, 2, 1, &of_other));
    assert_text(of_other->title, "broken");
}

/* A struct of the program is a new row, and a record with its own shard key is saved. */
static void test_s513_copied_record(void **state)
{
    struct fixture *f = *state;
    struct issue *issue, copy;

    given_tenants(f);
    ok(f->s, issue_find(f->s, 1, 1, &issue));
    copy = *issue;
    copy.tenant_id = 2;
    copy.id = 2;
    issue->title = "fixed";
    reset_statements(f);
    ok(f->s, issue_save(f->s, issue));
    ok(f->s, issue_insert(f->s, &copy));
    copy.title = "copied";
    ok(f->s, issue_save(f->s, &copy));
    assert_statements(f, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s510_unique_within_a_shard),
        story(test_s511_upsert_within_the_shard),
        story(test_s511_upsert_by_another_column),
        story(test_s512_update_all_of_the_shard_key),
        story(test_s872_circle_of_a_graph),
        story(test_s513_changed_record),
        story(test_s513_copied_record),
    };
    return cmocka_run_group_tests_name("shards: writes", tests, NULL, NULL);
}
