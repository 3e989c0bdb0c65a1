/* Sessions of one tenant and statements of one shard, S-530 to S-549: what each statement is limited to, what is filled
 * in, and what is refused before anything is sent. property.c looks for paths around the limit. */
#include "support.h"
#include "tenants.ar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Data -------------------------------------------------------------------------------------------------------- */

static int64_t hook_tenant; /* to which the hook of task changes the shard key; 0: it leaves it */
static int64_t hook_saw;

enum ar_status task_before_insert(struct ar_session *s, struct task *task)
{
    (void)s;
    hook_saw = task->tenant_id;
    if (hook_tenant != 0)
        task->tenant_id = hook_tenant;
    return AR_OK;
}

static int open_tenants(void **state)
{
    hook_tenant = hook_saw = 0;
    return fixture_open(state, &plan_model, &setting_model, &tenant_model, &project_model, &issue_model, &comment_model,
                        &note_model, &task_model, &document_model, &page_model, &asset_model, &asset_text_model,
                        &tenant_points_model, &all_points_model);
}

/* Open the session under test for a tenant. */
static void scope_to(struct fixture *f, int64_t tenant)
{
    reopen_session(f, (struct ar_session_options){.scope = ar_scope(tenant)});
    reset_statements(f);
}

/* Tenants 1 and 2, whose rows have the same ids: projects 1 and 2, issues 1 to 3 of project 1 and 4 of project 2, and a
 * comment for each issue. The points of tenant 2 are a hundred times those of tenant 1. */
static void given_tenants(struct fixture *f)
{
    add_row(f, &plan_model, &(struct plan){.id = 1, .name = "free"});
    for (int64_t t = 1; t <= 2; t++) {
        add_row(f, &tenant_model, &(struct tenant){.id = t, .name = t == 1 ? "Ada" : "Bob", .plan_id = 1});
        for (int64_t id = 1; id <= 2; id++)
            add_row(f, &project_model, &(struct project){.tenant_id = t, .id = id, .name = id == 1 ? "one" : "two"});
        for (int64_t id = 1; id <= 4; id++) {
            struct issue issue = {.tenant_id = t,
                                  .id = id,
                                  .project_id = id < 4 ? 1 : 2,
                                  .parent_id = id == 2 || id == 3 ? id - 1 : 0,
                                  .title = t == 1 ? "mine" : "theirs",
                                  .points = (int32_t)(t == 1 ? id : 100 * id)};
            add_row(f, &issue_model, &issue);
            add_row(f, &comment_model,
                    &(struct comment){.tenant_id = t, .id = id, .issue_id = id, .text = t == 1 ? "mine" : "theirs"});
        }
    }
    scope_to(f, 1);
}

/* Return the number of rows of a tenant, in a session without a scope. */
static int64_t count_rows(struct fixture *f, const char *condition)
{
    char sql[256];
    struct ar_list list;
    snprintf(sql, sizeof sql, "SELECT count(*) AS project_id, 0 AS points FROM %s", condition);
    f->is_paused = true;
    ok(f->other, ar_sql_all(f->other, &project_sum_row, sql, NULL, 0, &list));
    f->is_paused = false;
    return ((const struct project_sum *)list.items[0])->project_id;
}

/* Assert that the last statement has the condition on the shard key of this table. */
static void assert_limited(const struct fixture *f, const char *table)
{
    char column[64];
    snprintf(column, sizeof column, "%s.tenant_id ", table);
    if (f->last_sql == NULL || strstr(f->last_sql, column) == NULL)
        fail_msg("no %s in: %s", column, f->last_sql != NULL ? f->last_sql : "(none)");
}

static struct issue *find_issue(struct fixture *f, int64_t id)
{
    struct issue *issue;
    ok(f->s, issue_find(f->s, 1, id, &issue));
    return issue;
}

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

/* S-530: every way to run a query returns rows of the tenant only, by one statement with the shard key as a parameter.
 */
static void test_s530_queries(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct issue_list issues;
    struct issue *issue;
    int64_t count;
    struct ar_value sum;
    bool exists;
    ok(f->s, issue_all(issue_query(f->s), &issues));
    assert_int_equal(issues.count, 4);
    for (size_t i = 0; i < issues.count; i++)
        assert_int_equal(issues.items[i]->tenant_id, 1);
    assert_limited(f, "issues");
    assert_statements(f, 1);

    struct issue_query *q = issue_query(f->s);
    issue_where(q, ar_eq(issue_column.title, "theirs"));
    ok(f->s, issue_first(q, &issue));
    assert_null(issue);
    q = issue_query(f->s);
    issue_where(q, ar_or(ar_eq(issue_column.title, "theirs"), ar_eq(issue_column.id, 2)));
    ok(f->s, issue_one(q, &issue));
    assert_int_equal(issue->tenant_id, 1);
    ok(f->s, issue_count(issue_query(f->s), &count));
    assert_int_equal(count, 4);
    q = issue_query(f->s);
    issue_where(q, ar_gt(issue_column.points, 50));
    ok(f->s, issue_exists(q, &exists));
    assert_false(exists);
    ok(f->s, issue_sum(issue_query(f->s), issue_column.points, &sum));
    assert_int_equal(sum.integer, 10);
    assert_limited(f, "issues");
    assert_statements(f, 5);

    q = issue_query(f->s);
    issue_order_by(q, ar_desc(issue_column.points));
    issue_limit(q, 2);
    ok(f->s, issue_all(q, &issues));
    assert_int_equal(issues.count, 2);
    assert_int_equal(issues.items[0]->points, 4);
    q = issue_query(f->s);
    issue_only(q, issue_column.title);
    issue_after(q, find_issue(f, 2));
    ok(f->s, issue_all(q, &issues));
    assert_int_equal(issues.count, 2);
    assert_statements(f, 3);
}

/* S-531: the SQL of a query is the same text for all tenants, so that it is prepared once. */
static void test_s531_text(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct issue_list issues;
    ok(f->s, issue_all(issue_query(f->s), &issues));
    char *first = strdup(f->last_sql);
    assert_null(strstr(first, "'"));
    scope_to(f, 2);
    ok(f->s, issue_all(issue_query(f->s), &issues));
    assert_int_equal(issues.items[0]->tenant_id, 2);
    assert_text(f->last_sql, first);
    free(first);
}

static enum ar_status sum_chunk(struct ar_session *s, const struct issue_list *list, void *payload)
{
    struct project *project;
    for (size_t i = 0; i < list->count; i++)
        *(int64_t *)payload += list->items[i]->points;
    return issue_project(s, list->items[0], &project);
}

/* S-532: the session of a stream's chunks has the same scope. */
static enum ar_status find_other(struct ar_session *s, const struct issue_list *list, void *payload)
{
    struct issue *issue;
    (void)list;
    (void)payload;
    return issue_find(s, 2, 1, &issue);
}

static void test_s532_streams(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    int64_t sum = 0;
    ok(f->s, issue_each(issue_query(f->s), 3, sum_chunk, &sum));
    assert_int_equal(sum, 10);
    fails(f->s, AR_MISUSE, issue_each(issue_query(f->s), 3, find_other, NULL));
    assert_error_names(f->s, "issue.tenant_id is 2, but the .scope of the session is 1");
}

/* S-533: a condition that names another tenant is refused, wherever it is. */
static void test_s533_contradictions(void **state)
{
    struct fixture *f = *state;
    static const int64_t both[] = {1, 2};
    given_tenants(f);
    const struct ar_condition conditions[] = {
        ar_eq(issue_column.tenant_id, 2),
        ar_in(issue_column.tenant_id, both, 2),
        ar_or(ar_eq(issue_column.tenant_id, 2), ar_eq(issue_column.id, 1)),
        issue_has_project(ar_eq(project_column.tenant_id, 2)),
        ar_not(ar_eq(issue_column.tenant_id, 2)),
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct issue_query *q = issue_query(f->s);
        int64_t count;
        issue_where(q, conditions[i]);
        fails(f->s, AR_MISUSE, issue_count(q, &count));
        assert_error_names(f->s, "tenant_id is 2, but the .scope of the session is 1");
        assert_int_equal(count, 0);
    }
    assert_statements(f, 0);
    struct issue_query *q = issue_query(f->s);
    int64_t count;
    issue_where(q, ar_eq(issue_column.tenant_id, 1));
    ok(f->s, issue_count(q, &count));
    assert_int_equal(count, 4);
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* S-534: the key of another tenant is refused by each call that takes one, before anything is sent. */
static void test_s534_keys(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct issue *issue, other = {.tenant_id = 2, .id = 1, .project_id = 1, .title = "taken"};
    fails(f->s, AR_MISUSE, issue_find(f->s, 2, 1, &issue));
    assert_error_names(f->s, "issue.tenant_id is 2, but the .scope of the session is 1");
    assert_null(issue);
    fails(f->s, AR_MISUSE, issue_find(f->s, 0, 1, &issue));
    fails(f->s, AR_MISUSE, issue_reload(f->s, &other));
    fails(f->s, AR_MISUSE, issue_update(f->s, &other));
    fails(f->s, AR_MISUSE, issue_save(f->s, &other));
    fails(f->s, AR_MISUSE, issue_insert(f->s, &other));
    fails(f->s, AR_MISUSE, issue_upsert(f->s, &other, NULL, NULL));
    fails(f->s, AR_MISUSE, issue_delete(f->s, &other));
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_MISUSE, issue_find_for_update(f->s, 2, 1, &issue));
    ok(f->s, issue_find_for_update(f->s, 1, 1, &issue));
    ok(f->s, ar_commit(f->s));
    assert_statements(f, 1);
    issue->tenant_id = 2; /* a record of the session, whose key the program changes */
    issue->title = "stolen";
    fails(f->s, AR_MISUSE, issue_save(f->s, issue));
    assert_int_equal(count_rows(f, "issues WHERE title IN ('taken', 'stolen')"), 0);
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 2"), 4);
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

/* S-535: relations of the tenant's records load as without a scope. */
static void test_s535_relations(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct project_list projects;
    struct issue_list issues;
    struct comment_list comments;
    struct tenant *tenant;
    ok(f->s, project_all(project_query(f->s), &projects));
    assert_int_equal(projects.count, 2);
    ok(f->s, project_issues(f->s, projects.items[0], &issues));
    assert_int_equal(issues.count, 3);
    ok(f->s, project_comments(f->s, projects.items[0], &comments));
    assert_int_equal(comments.count, 3);
    assert_text(comments.items[0]->text, "mine");
    ok(f->s, project_tenant(f->s, projects.items[1], &tenant));
    assert_text(tenant->name, "Ada");
    assert_statements(f, 4);
    ok(f->s, tenant_projects(f->s, tenant, &projects));
    assert_int_equal(projects.count, 2);
    ok(f->s, issue_children_tree(f->s, find_issue(f, 1), 0, &issues));
    assert_int_equal(issues.count, 2);
    ok(f->s, issue_parent_path(f->s, find_issue(f, 3), 0, &issues));
    assert_int_equal(issues.count, 2);
    for (size_t i = 0; i < issues.count; i++)
        assert_text(issues.items[i]->title, "mine");
}

/* S-536: an eager load of a whole table reads the rows of the tenant, also by its own key. */
static void test_s536_eager(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct tenant_query *q = tenant_query(f->s);
    struct project_query *projects = tenant_with_projects(q);
    struct tenant_list tenants;
    struct project_list found;
    int64_t count;
    (void)issue_with_comments(project_with_issues(projects));
    (void)project_with_issues_count(projects);
    (void)project_with_comments(projects);
    ok(f->s, tenant_all(q, &tenants));
    assert_int_equal(tenants.count, 1);
    assert_statements(f, 6);
    ok(f->s, tenant_projects(f->s, tenants.items[0], &found));
    assert_int_equal(found.count, 2);
    ok(f->s, project_issues_count(f->s, found.items[0], &count));
    assert_int_equal(count, 3);
    assert_statements(f, 0);
    for (size_t i = 0; i < FIXTURE_LOG_SIZE && f->log[i] != NULL; i++)
        if (strstr(f->log[i], "SELECT tenants") != NULL)
            assert_non_null(strstr(f->log[i], "WHERE tenants.id "));
}

/* S-537: the relations of a struct with the key of another tenant, or with a foreign key that the program changed, are
 * refused. */
static void test_s537_forged_owners(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    const struct project forged = {.tenant_id = 2, .id = 1};
    struct project *const forgery[] = {(struct project *)&forged};
    const struct tenant other = {.id = 2};
    struct issue_list issues;
    struct comment_list comments;
    struct project_list projects;
    struct project *project;
    int64_t count;
    fails(f->s, AR_MISUSE, project_issues(f->s, &forged, &issues));
    assert_int_equal(issues.count, 0);
    fails(f->s, AR_MISUSE, project_comments(f->s, &forged, &comments));
    fails(f->s, AR_MISUSE, project_issues_count(f->s, &forged, &count));
    fails(f->s, AR_MISUSE, project_load_issues(f->s, forgery, 1));
    fails(f->s, AR_MISUSE, issue_all(project_issues_query(f->s, &forged), &issues));
    fails(f->s, AR_MISUSE, tenant_projects(f->s, &other, &projects));
    fails(f->s, AR_MISUSE, issue_children_tree(f->s, &(struct issue){.tenant_id = 2, .id = 1}, 0, &issues));
    assert_statements(f, 0);
    struct issue *issue = find_issue(f, 1);
    issue->tenant_id = 2;
    fails(f->s, AR_MISUSE, issue_project(f->s, issue, &project));
    assert_null(project);
    assert_error_names(f->s, "tenant_id is 2, but the .scope of the session is 1");
}

/* S-538: conditions and orders across relations see rows of the tenant. */
static void test_s538_across(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct project_list projects;
    struct issue_list issues;
    struct project_query *q = project_query(f->s);
    project_where(q, project_has_issues(ar_gt(issue_column.points, 50)));
    ok(f->s, project_all(q, &projects));
    assert_int_equal(projects.count, 0);
    q = project_query(f->s);
    project_where(q, project_has_issues_count(AR_EQ, 3));
    project_order_by(q, project_by_issues_count(AR_DESC));
    ok(f->s, project_all(q, &projects));
    assert_int_equal(projects.count, 1);
    struct issue_query *of_tenant = issue_query(f->s);
    issue_where(of_tenant, issue_has_project(project_has_tenant(ar_eq(tenant_column.name, "Bob"))));
    ok(f->s, issue_all(of_tenant, &issues));
    assert_int_equal(issues.count, 0);
    assert_statements(f, 3);
}

/* ---- Writes ------------------------------------------------------------------------------------------------------ */

/* S-539: an insert fills in the shard key, whatever the call; hooks see it. */
static void test_s539_fill(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct issue one = {.id = 10, .project_id = 1, .title = "new"}, saved = {.id = 11, .project_id = 1, .title = "new"};
    struct issue many[20];
    struct task task = {.id = 1, .text = "t"}, tasks[2] = {{.id = 2, .text = "t"}, {.id = 3, .text = "t"}};
    for (size_t i = 0; i < 20; i++)
        many[i] = (struct issue){.id = 20 + (int64_t)i, .project_id = 1, .title = "new"};
    ok(f->s, issue_insert(f->s, &one));
    assert_int_equal(one.tenant_id, 1);
    ok(f->s, issue_save(f->s, &saved));
    assert_int_equal(saved.tenant_id, 1);
    saved.tenant_id = 0;
    saved.points = 7;
    ok(f->s, issue_save(f->s, &saved)); /* of a key that the program sets: the row is found with the scope */
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 1 AND id = 11 AND points = 7"), 1);
    ok(f->s, issue_insert_many(f->s, many, 20));
    assert_int_equal(many[19].tenant_id, 1);
    ok(f->s, project_upsert(f->s, &(struct project){.id = 9, .name = "nine"}, NULL, NULL));
    ok(f->s, task_insert(f->s, &task));
    assert_int_equal(hook_saw, 1);
    hook_saw = 0;
    ok(f->s, task_insert_many(f->s, tasks, 2));
    assert_int_equal(hook_saw, 1);
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 1 AND title = 'new'"), 22);
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 2"), 4);
    assert_int_equal(count_rows(f, "projects WHERE tenant_id = 1 AND id = 9"), 1);
    assert_int_equal(count_rows(f, "projects WHERE tenant_id = 1 AND id = 1 AND issue_count = 25"), 1);
    assert_int_equal(count_rows(f, "projects WHERE tenant_id = 2 AND issue_count > 3"), 0);
}

/* S-540: a graph gets the tenant in all of its records. */
static void test_s540_graph(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct ar_graph graph = {.session = f->s};
    struct project project = {.id = 30, .name = "graph"};
    struct issue issue = {.id = 31, .title = "of a graph"}, child = {.id = 32, .title = "its child"};
    struct comment comment = {.id = 33, .text = "of a graph"};
    project_put(&graph, &project);
    issue_set_project(&graph, &issue, &project);
    issue_set_project(&graph, &child, &project);
    issue_set_parent(&graph, &child, &issue);
    comment_set_issue(&graph, &comment, &issue);
    ok(f->s, ar_graph_save(&graph));
    assert_int_equal(project.tenant_id, 1);
    assert_int_equal(child.tenant_id, 1);
    assert_int_equal(child.parent_id, 31);
    assert_int_equal(comment.tenant_id, 1);
    struct ar_graph wrong = {.session = f->s};
    struct project theirs = {.tenant_id = 2, .id = 1};
    struct issue joined = {.id = 40, .title = "joined"};
    issue_set_project(&wrong, &joined, &theirs);
    fails(f->s, AR_MISUSE, ar_graph_save(&wrong));
    assert_int_equal(count_rows(f, "issues WHERE title = 'joined'"), 0);
}

/* S-541: one record of another tenant among many fails the whole call, and so does a hook that changes the tenant. */
static void test_s541_contradicting_records(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct issue many[20];
    struct task task = {.id = 1, .text = "t"}, tasks[2] = {{.id = 2, .text = "t"}, {.id = 3, .text = "t"}};
    for (size_t i = 0; i < 20; i++)
        many[i] =
            (struct issue){.tenant_id = i == 13 ? 2 : 1, .id = 50 + (int64_t)i, .project_id = 1, .title = "smuggled"};
    fails(f->s, AR_MISUSE, issue_insert_many(f->s, many, 20));
    assert_error_names(f->s, "issue.tenant_id is 2");
    fails(f->s, AR_MISUSE, issue_upsert_many(f->s, many, 20, NULL, NULL, NULL));
    hook_tenant = 2;
    fails(f->s, AR_MISUSE, task_insert(f->s, &task));
    assert_int_equal(task.tenant_id, 0);
    fails(f->s, AR_MISUSE, task_insert_many(f->s, tasks, 2));
    assert_int_equal(count_rows(f, "issues WHERE title = 'smuggled'"), 0);
    assert_int_equal(count_rows(f, "tasks"), 0);
}

/* S-542: update_all and delete_all change rows of the tenant only, also with a limit, and cannot move rows. */
static void test_s542_all(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    int64_t changed;
    ok(f->s, issue_update_all(issue_query(f->s), ar_set(issue_column.title, "changed"), &changed));
    assert_int_equal(changed, 4);
    assert_limited(f, "issues");
    fails(f->s, AR_MISUSE, issue_update_all(issue_query(f->s), ar_set(issue_column.tenant_id, 2), &changed));
    assert_int_equal(changed, 0);
    ok(f->s, comment_delete_all(comment_query(f->s), &changed));
    assert_int_equal(changed, 4);
    struct issue_query *q = issue_query(f->s);
    issue_order_by(q, ar_desc(issue_column.points));
    issue_limit(q, 1);
    ok(f->s, issue_delete_all(q, &changed));
    assert_int_equal(changed, 1);
    assert_statements(f, 3);
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 2 AND title = 'theirs'"), 4);
    assert_int_equal(count_rows(f, "comments WHERE tenant_id = 2"), 4);
    add_row(f, &note_model, &(struct note){.tenant_id = 1, .id = 1, .text = "mine"});
    add_row(f, &note_model, &(struct note){.tenant_id = 2, .id = 1, .text = "theirs"});
    ok(f->s, note_delete_all(note_query(f->s), &changed));
    assert_int_equal(changed, 1);
    ok(f->s, note_erase_all(note_query(f->s), &changed));
    assert_int_equal(count_rows(f, "notes WHERE tenant_id = 2 AND deleted_at IS NULL"), 1);
}

/* S-543: a delete with dependents, and the counters of parents, stay within the tenant. */
static void test_s543_dependents(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct project *project;
    ok(f->s, project_find(f->s, 1, 1, &project));
    ok(f->s, issue_update_all(issue_query(f->s), ar_set_null(issue_column.parent_id), NULL));
    ok(f->s, project_delete(f->s, project));
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 1"), 1);
    assert_int_equal(count_rows(f, "comments WHERE tenant_id = 1"), 1);
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 2"), 4);
    assert_int_equal(count_rows(f, "comments WHERE tenant_id = 2"), 4);
    run_sql(f, "UPDATE projects SET issue_count = 77");
    ok(f->s, issue_recount_project(f->s, NULL, 0));
    assert_int_equal(count_rows(f, "projects WHERE tenant_id = 1 AND issue_count = 1"), 1);
    assert_int_equal(count_rows(f, "projects WHERE tenant_id = 2 AND issue_count = 77"), 2);
}

/* S-544: rows are added to a relation and removed from it by foreign keys that contain the shard key, which stays. */
static void test_s544_links(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct issue *first = find_issue(f, 1), *fourth = find_issue(f, 4), theirs = {.tenant_id = 2, .id = 4};
    struct issue *const mine[] = {fourth}, *const others[] = {&theirs};
    struct ar_link_changes changes;
    ok(f->s, issue_children_add(f->s, first, mine, 1, &changes));
    assert_int_equal(changes.added, 1);
    assert_int_equal(fourth->parent_id, 1);
    fails(f->s, AR_MISUSE, issue_children_add(f->s, first, others, 1, &changes));
    ok(f->s, issue_children_remove(f->s, first, mine, 1, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.removed, 1);
    assert_int_equal(fourth->tenant_id, 1);
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 1 AND id = 4 AND parent_id IS NULL"), 1);
    assert_int_equal(count_rows(f, "issues WHERE tenant_id = 2 AND id = 4 AND parent_id IS NULL"), 1);
}

/* ---- User SQL ---------------------------------------------------------------------------------------------------- */

/* S-545: `:scope` of an AR_SQL is the tenant; statements without it that read sharded tables are refused. */
static void test_s545_statements(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct issue_list issues;
    struct project_sum_list sums;
    struct plan_list plans;
    struct project *project;
    int64_t changed;
    const char *plan;
    ok(f->s, busy_issues(f->s, 2, &issues));
    assert_int_equal(issues.count, 3);
    assert_int_equal(issues.items[0]->tenant_id, 1);
    ok(f->s, project_sums(f->s, &sums));
    assert_int_equal(sums.count, 2);
    assert_int_equal(sums.items[0]->points, 6);
    ok(f->s, raise_issues(f->s, 1, &changed));
    assert_int_equal(changed, 4);
    ok(f->s, plan_names(f->s, &plans));
    assert_int_equal(plans.count, 1);
    assert_statements(f, 4);
    struct issue_query *q = busy_issues_query(f->s, 2);
    (void)issue_with_project(q);
    ok(f->s, issue_all(q, &issues));
    assert_int_equal(issues.count, 4);
    ok(f->s, issue_project(f->s, issues.items[0], &project));
    assert_int_equal(project->tenant_id, 1);
    ok(f->s, busy_issues_explain(f->s, 2, &plan));
    assert_non_null(plan);
    fails(f->s, AR_MISUSE, issues_of_all(f->s, &issues));
    assert_error_names(f->s, "issues_of_all has .all_shards, but the session has .scope");
    fails(f->s, AR_MISUSE, issue_all(issues_of_all_query(f->s), &issues));
    fails(f->s, AR_MISUSE, busy_issues(f->other, 2, &issues));
    assert_error_names(f->other, "busy_issues has the parameter :scope, but the session has no .scope");
    ok(f->other, issues_of_all(f->other, &issues));
    assert_int_equal(issues.count, 8);
}

/* S-546: a row of another tenant that user SQL returns is refused, and no record of it is kept. */
static void test_s546_careless_statement(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct issue_list issues;
    struct tenant_points_list points;
    struct ar_list list;
    fails(f->s, AR_MISUSE, careless_issues(f->s, &issues));
    assert_int_equal(issues.count, 0);
    assert_error_names(f->s, "issue.tenant_id is 2, but the .scope of the session is 1");
    fails(f->s, AR_MISUSE,
          ar_sql_all(f->s, &tenant_points_model, "SELECT * FROM tenant_points WHERE :scope > 0", NULL, 0, &list));
    ok(f->s, tenant_points_all(tenant_points_query(f->s), &points));
    assert_int_equal(points.count, 1);
    assert_int_equal(points.items[0]->points, 10);
}

/* S-547: SQL that is given at run time needs `:scope`, outside of strings and comments. */
static void test_s547_dynamic(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct ar_list list;
    int64_t changed = 7;
    const struct ar_value values[] = {ar_value_integer(2)};
    static const char *const refused[] = {
        "SELECT * FROM issues WHERE points > $1",
        "SELECT * FROM issues WHERE points > $1 AND title <> ':scope'",
        "SELECT * FROM issues WHERE points > $1 /* :scope */",
        "SELECT * FROM issues WHERE points > $1 -- :scope",
        "SELECT * FROM issues WHERE points > $1 AND title <> ':scopes' AND \":scope\" = 1",
        "SELECT * FROM issues WHERE points > $1::scope",
        "SELECT * FROM issues WHERE points > $1 AND id = :scopes",
        "SELECT * FROM issues WHERE points > $1 AND id = :other",
        "SELECT * FROM issues WHERE points > $1 AND id = :",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        fails(f->s, AR_MISUSE, ar_sql_all(f->s, &issue_model, refused[i], values, 1, &list));
        assert_error_names(f->s, "no :scope");
    }
    fails(f->s, AR_MISUSE, ar_execute_with(f->s, "DELETE FROM comments", NULL, 0, &changed));
    assert_int_equal(changed, 0);
    fails(f->s, AR_MISUSE, ar_execute(f->s, "DELETE FROM comments"));
    assert_error_names(f->s, "ar_execute may read and change rows of all shards, but the session has .scope");
    assert_statements(f, 0);
    ok(f->s,
       ar_sql_all(f->s, &issue_model,
                  "SELECT * FROM issues WHERE tenant_id = :scope AND points > $1 AND :scope = tenant_id ORDER BY id",
                  values, 1, &list));
    assert_int_equal(list.count, 2);
    if (!fixture_is_sqlite())
        ok(f->s, ar_sql_all(f->s, &issue_model,
                            "SELECT * FROM issues WHERE tenant_id = :scope::bigint AND points > $1::integer", values, 1,
                            &list));
    assert_int_equal(list.count, 2);
    ok(f->s, ar_execute_with(f->s, "UPDATE comments SET text = ':scope' WHERE tenant_id=:scope", NULL, 0, &changed));
    assert_int_equal(changed, 4);
    assert_int_equal(count_rows(f, "comments WHERE tenant_id = 2 AND text = 'theirs'"), 4);
    assert_int_equal(count_rows(f, "comments WHERE tenant_id = 1 AND text = ':scope'"), 4);
}

/* ---- Other types, models and options ----------------------------------------------------------------------------- */

static void given_typed_tenants(struct fixture *f)
{
    for (int t = 1; t <= 2; t++) {
        struct asset asset = {.id = 1, .text = t == 1 ? "mine" : "theirs"};
        struct asset_text text = {.id = 1};
        memset(asset.tenant, t, sizeof asset.tenant);
        memset(text.tenant, t, sizeof text.tenant);
        add_row(f, &asset_model, &asset);
        add_row(f, &asset_text_model, &text);
        add_row(f, &document_model, &(struct document){.tenant = t == 1 ? "ada" : "bob", .id = 1, .text = "a text"});
        add_row(f, &page_model, &(struct page){.tenant = t == 1 ? "ada" : "bob", .id = 1, .document_id = 1});
    }
}

/* S-548: tenants may be strings and UUIDs. */
static void test_s548_types(void **state)
{
    struct fixture *f = *state;
    uint8_t uuid[16];
    char name[] = "ada";
    struct document_list documents;
    struct page_list pages;
    struct asset_list assets;
    struct asset_text_list texts;
    struct document document = {.id = 2, .text = "new"};
    struct asset asset = {.id = 2, .text = "new"};
    struct ar_list list;
    int64_t changed;
    memset(uuid, 1, sizeof uuid);
    given_typed_tenants(f);
    reopen_session(f, (struct ar_session_options){.scope = ar_scope(name)});
    name[0] = 'x'; /* the session has a copy */
    ok(f->s, document_insert(f->s, &document));
    assert_text(document.tenant, "ada");
    ok(f->s, document_all(document_query(f->s), &documents));
    assert_int_equal(documents.count, 2);
    ok(f->s, document_pages(f->s, documents.items[0], &pages));
    assert_int_equal(pages.count, 1);
    ok(f->s, ar_sql_all(f->s, &page_model, "SELECT * FROM pages WHERE tenant = :scope", NULL, 0, &list));
    assert_int_equal(list.count, 1);
    fails(f->s, AR_MISUSE, document_insert(f->s, &(struct document){.tenant = "bob", .id = 3, .text = "x"}));
    assert_error_names(f->s, "document.tenant is \"bob\", but the .scope of the session is \"ada\"");

    reopen_session(f, (struct ar_session_options){.scope = ar_scope(uuid)});
    ok(f->s, asset_insert(f->s, &asset));
    assert_memory_equal(asset.tenant, uuid, sizeof uuid);
    ok(f->s, asset_all(asset_query(f->s), &assets));
    assert_int_equal(assets.count, 2);
    ok(f->s, ar_sql_all(f->s, &asset_model, "SELECT * FROM assets WHERE tenant = :scope AND id = 1", NULL, 0, &list));
    assert_int_equal(list.count, 1);
    ok(f->s, ar_execute_with(f->s, "UPDATE assets SET text = 'all' WHERE tenant = :scope", NULL, 0, &changed));
    assert_int_equal(changed, 2);
    ok(f->s, asset_text_all(asset_text_query(f->s), &texts));
    assert_int_equal(texts.count, 1);
    ok(f->s, ar_sql_all(f->s, &asset_text_model, "SELECT * FROM asset_texts WHERE tenant = :scope", NULL, 0, &list));
    assert_int_equal(list.count, 1);
}

/* S-549: a model whose shard key has another type than the scope is refused, and so is a scope that is no tenant. */
static void test_s549_wrong_types(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    given_typed_tenants(f);
    scope_to(f, 1);
    static const uint8_t zeros[16];
    struct document_list documents;
    struct asset *asset;
    int64_t count;
    fails(f->s, AR_MISUSE, document_all(document_query(f->s), &documents));
    assert_error_names(f->s, "document.tenant: the .scope of the session is a number");
    fails(f->s, AR_MISUSE, document_insert(f->s, &(struct document){.id = 9, .text = "x"}));
    fails(f->s, AR_MISUSE, asset_find(f->s, zeros, 1, &asset));
    fails(f->s, AR_MISUSE, page_count(page_query(f->s), &count));
    struct ar_list list;
    fails(f->s, AR_MISUSE, ar_sql_all(f->s, &page_model, "SELECT * FROM pages WHERE tenant = :scope", NULL, 0, &list));
    assert_error_names(f->s, "page.tenant: the .scope of the session is a number");
    assert_int_equal(list.count, 0);
    assert_statements(f, 0);
    const struct ar_session_scope scopes[] = {
        ar_scope(0),
        ar_scope(UINT64_MAX),
        ar_scope(""),
        ar_scope((const char *)NULL),
        ar_scope(zeros),
        ar_scope((const uint8_t *)NULL),
        {.is_set = true, .value = {.kind = AR_VALUE_BLOB, .bytes = {"short", 5}}},
    };
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        const struct ar_session_options options = {.scope = scopes[i]};
        struct ar_session *s;
        struct issue_list issues;
        assert_int_equal(ar_session_open(f->db, &options, &s), AR_MISUSE);
        assert_error_names(s, "the .scope of a session must be a tenant");
        fails(s, AR_MISUSE, issue_all(issue_query(s), &issues)); /* who goes on nevertheless reaches nothing */
        fails(s, AR_MISUSE, issue_insert(s, &(struct issue){.id = 99, .project_id = 1, .title = "x"}));
        ar_session_close(s);
    }
    assert_int_equal(count_rows(f, "issues"), 8);
}

/* S-550: models without a shard key are not limited, except where their rows lead to those of all tenants. */
static void test_s550_other_models(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    struct setting setting = {.id = 1, .name = "colour"};
    struct plan *plan;
    struct all_points_list points;
    ok(f->s, setting_insert(f->s, &setting));
    ok(f->s, setting_delete(f->s, &setting));
    ok(f->s, plan_find(f->s, 1, &plan));
    assert_int_equal(plan->tenants, 2);
    plan->name = "paid";
    ok(f->s, plan_save(f->s, plan));
    fails(f->s, AR_MISUSE, plan_delete(f->s, plan));
    assert_error_names(f->s, "would delete or change rows of tenant on all shards");
    fails(f->s, AR_MISUSE, plan_delete_all(plan_query(f->s), NULL));
    fails(f->s, AR_MISUSE, tenant_recount_plan(f->s, NULL, 0));
    assert_error_names(f->s, "counts rows of all shards");
    fails(f->s, AR_MISUSE, all_points_all(all_points_query(f->s), &points));
    ok(f->other, all_points_all(all_points_query(f->other), &points));
    assert_int_equal(points.items[0]->points, 1010);
    assert_int_equal(count_rows(f, "tenants"), 2);
}

/* S-551: with .one_shard, a statement that is not limited to one value of the shard key is refused before it is sent.
 */
static void test_s551_one_shard(void **state)
{
    struct fixture *f = *state;
    given_tenants(f);
    reopen_session(f, (struct ar_session_options){.one_shard = true});
    reset_statements(f);
    static const int64_t one[] = {2}, both[] = {1, 2};
    struct issue_list issues;
    struct project_list projects;
    int64_t count;
    struct issue pair[] = {{.tenant_id = 1, .id = 60, .project_id = 1, .title = "x"},
                           {.tenant_id = 2, .id = 60, .project_id = 1, .title = "x"}};
    fails(f->s, AR_MISUSE, issue_all(issue_query(f->s), &issues));
    assert_error_names(f->s, "issue: the statement would run on all shards, but the session has .one_shard");
    assert_non_null(strstr(ar_session_error(f->s)->sql, "FROM issues"));
    const struct ar_condition refused[] = {
        ar_gt(issue_column.tenant_id, 1),
        ar_in(issue_column.tenant_id, both, 2),
        ar_or(ar_eq(issue_column.tenant_id, 1), ar_eq(issue_column.id, 1)),
        ar_not(ar_eq(issue_column.tenant_id, 1)),
        issue_has_project(ar_eq(project_column.tenant_id, 1)),
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct issue_query *q = issue_query(f->s);
        issue_where(q, refused[i]);
        fails(f->s, AR_MISUSE, issue_count(q, &count));
    }
    fails(f->s, AR_MISUSE, issue_update_all(issue_query(f->s), ar_set(issue_column.points, 0), NULL));
    fails(f->s, AR_MISUSE, comment_delete_all(comment_query(f->s), NULL));
    fails(f->s, AR_MISUSE, issue_insert_many(f->s, pair, 2));
    assert_error_names(f->s, "the statement would run on several shards (tenant_id is 1 and 2)");
    fails(f->s, AR_MISUSE, issue_recount_project(f->s, NULL, 0));
    fails(f->s, AR_MISUSE, issues_of_all(f->s, &issues));
    fails(f->s, AR_MISUSE, busy_issues(f->s, 1, &issues));
    fails(f->s, AR_MISUSE, ar_execute(f->s, "DELETE FROM comments"));
    fails(f->s, AR_MISUSE, ar_execute_with(f->s, "DELETE FROM comments", NULL, 0, NULL));
    assert_statements(f, 0);

    struct issue_query *q = issue_query(f->s);
    issue_where(q, ar_and(ar_eq(issue_column.tenant_id, 1), ar_gt(issue_column.points, 1)));
    (void)issue_with_comments(q);
    ok(f->s, issue_all(q, &issues));
    assert_int_equal(issues.count, 3);
    q = issue_query(f->s);
    issue_where(q, ar_in(issue_column.tenant_id, one, 1));
    ok(f->s, issue_count(q, &count));
    assert_int_equal(count, 4);
    ok(f->s, issue_insert_many(f->s, &pair[1], 1));
    struct project of_one = {.tenant_id = 1, .id = 1}, of_two = {.tenant_id = 2, .id = 1};
    struct project *const owners[] = {&of_one, &of_two};
    fails(f->s, AR_MISUSE, project_load_issues(f->s, owners, 2));
    assert_error_names(f->s, "on several shards");
    ok(f->s, project_load_issues(f->s, owners, 1));
    ok(f->s, tenant_projects(f->s, &(struct tenant){.id = 2}, &projects));
    assert_int_equal(projects.count, 2);
    ok(f->s, issue_all(project_issues_query(f->s, &of_two), &issues));
    assert_int_equal(issues.count, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s530_queries, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s531_text, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s532_streams, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s533_contradictions, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s534_keys, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s535_relations, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s536_eager, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s537_forged_owners, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s538_across, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s539_fill, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s540_graph, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s541_contradicting_records, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s542_all, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s543_dependents, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s544_links, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s545_statements, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s546_careless_statement, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s547_dynamic, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s548_types, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s549_wrong_types, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s550_other_models, open_tenants, fixture_close),
        cmocka_unit_test_setup_teardown(test_s551_one_shard, open_tenants, fixture_close),
    };
    return cmocka_run_group_tests_name("scoped", tests, NULL, NULL);
}
