/* Statements on distributed tables, S-508: those about one tenant run on one shard, which EXPLAIN shows. */
#include "given.h"

#include <stdlib.h>
#include <string.h>

/* Assert that the last statement, with these values, runs on so many shards. */
static void assert_shards(struct fixture *f, long expected, const char *const *values)
{
    static const char tasks[] = "Task Count: ";
    PGresult *plan = plan_of(f, values);
    long count = 0;

    for (int i = 0; i < PQntuples(plan); i++) {
        const char *found = strstr(PQgetvalue(plan, i, 0), tasks);
        count += found != NULL ? strtol(found + strlen(tasks), NULL, 10) : 0;
    }
    if (count != expected)
        print_plan(plan);
    PQclear(plan);
    assert_int_equal(count, expected);
}

#define assert_shards(f, expected, ...) assert_shards(f, expected, (const char *const[]){__VA_ARGS__})

#define IDS "'{1,2,3}'::bigint[]"
#define TENANT_OF_EACH "'{2,2,2}'::bigint[]"

/* S-508: lazy loads, aggregates and trees of one tenant. */
static void test_s508_one_shard(void **state)
{
    struct fixture *f = *state;
    struct issue_list issues = issues_of(f, 2);
    struct project_list projects;
    struct project *project;
    struct label_list labels;
    int64_t count;

    ok(f->s, issue_project(f->s, issues.items[0], &project));
    assert_shards(f, 1, "2", IDS);
    ok(f->s, issue_labels(f->s, issues.items[0], &labels));
    assert_shards(f, 1, "2", IDS);
    ok(f->s, issue_children_tree(f->s, issues.items[0], AR_WHOLE_DEPTH, &issues));
    assert_shards(f, 1, "2", IDS, "2", "2", IDS);
    projects = projects_of(f, 2);
    ok(f->s, project_issues_count(f->s, projects.items[0], &count));
    assert_int_equal(count, ISSUES);
    assert_shards(f, 1, TENANT_OF_EACH, IDS, "2");
    ok(f->s, project_issues(f->s, projects.items[0], &issues));
    assert_shards(f, 1, "2", IDS);
}

/* S-508: a tree of one tenant in one round trip. */
static void test_s508_one_trip(void **state)
{
    struct fixture *f = *state;
    struct project_query *q = project_query(f->s);
    struct project_list projects;

    project_where(q, ar_eq(project_column.tenant_id, 2));
    ar_query_plan(project_query_base(q), AR_PLAN_ONE_TRIP);
    issue_with_labels(project_with_issues(q));
    ok(f->s, project_all(q, &projects));
    assert_shards(f, 1, "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s508_one_shard, open_tracker, fixture_close),
        cmocka_unit_test_setup_teardown(test_s508_one_trip, open_tracker, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
