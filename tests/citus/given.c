/* The rows of the tests of tests/citus. */
#include "given.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int open_tables(void **state)
{
    return fixture_open(state, &label_model, &project_model, &issue_model, &issue_label_model);
}

int open_tracker(void **state)
{
    int status = open_tables(state);

    if (status == 0)
        given_tenants(*state);
    return status;
}

void given_issues(struct fixture *f, int64_t tenant)
{
    for (int64_t i = 1; i <= LABELS; i++)
        add_row(f, &label_model, &(struct label){.tenant_id = tenant, .id = i, .name = i == 1 ? "bug" : "wish"});
    for (int64_t i = 1; i <= PROJECTS; i++)
        add_row(f, &project_model, &(struct project){.tenant_id = tenant, .id = i, .name = "project"});
    for (int64_t i = 1; i <= PROJECTS * ISSUES; i++) {
        struct issue issue = {.tenant_id = tenant, .id = i, .project_id = (i - 1) / ISSUES + 1, .title = "issue"};
        issue.parent_id = (i - 1) % ISSUES == 0 ? 0 : i - 1;
        add_row(f, &issue_model, &issue);
        for (int64_t j = 1; j <= LABELS; j++)
            add_row(f, &issue_label_model, &(struct issue_label){.tenant_id = tenant, .issue_id = i, .label_id = j});
    }
}

void given_tenants(struct fixture *f)
{
    for (int64_t tenant = 1; tenant <= TENANTS; tenant++)
        given_issues(f, tenant);
    ar_session_clear(f->other);
    reset_statements(f);
}

struct project_list projects_of(struct fixture *f, int64_t tenant)
{
    struct project_query *q = project_query(f->s);
    struct project_list projects;

    project_where(q, ar_eq(project_column.tenant_id, tenant));
    project_order_by(q, ar_asc(project_column.id));
    ok(f->s, project_all(q, &projects));
    assert_int_equal(projects.count, PROJECTS);
    reset_statements(f);
    return projects;
}

struct issue_list issues_of(struct fixture *f, int64_t tenant)
{
    struct issue_query *q = issue_query(f->s);
    struct issue_list issues;

    issue_where(q, ar_eq(issue_column.tenant_id, tenant));
    issue_order_by(q, ar_asc(issue_column.id));
    ok(f->s, issue_all(q, &issues));
    assert_int_equal(issues.count, PROJECTS * ISSUES);
    reset_statements(f);
    return issues;
}

/* Replace $1, $2, … by the values, which are literals. */
static char *with_values(const char *sql, const char *const *values)
{
    char *text = malloc(strlen(sql) + 4096), *end = text;

    assert_non_null(text);
    while (*sql != '\0') {
        if (*sql == '$') {
            end = stpcpy(end, values[strtol(sql + 1, (char **)(uintptr_t)&sql, 10) - 1]);
            continue;
        }
        *end++ = *sql++;
    }
    *end = '\0';
    return text;
}

PGresult *plan_of(const struct fixture *f, const char *const *values)
{
    PGconn *server = PQconnectdb(getenv("ARMATURE_TEST_URL"));
    char *sql = with_values(f->last_sql, values), *explain = malloc(strlen(sql) + 64);
    PGresult *plan;

    assert_non_null(explain);
    (void)sprintf(explain, "EXPLAIN (COSTS OFF) %s", sql);
    plan = PQexec(server, explain);
    if (PQresultStatus(plan) != PGRES_TUPLES_OK)
        print_error("%s\n%s\n", sql, PQerrorMessage(server));
    assert_int_equal(PQresultStatus(plan), PGRES_TUPLES_OK);
    PQfinish(server);
    free(explain);
    free(sql);
    return plan;
}

void print_plan(const PGresult *plan)
{
    for (int i = 0; i < PQntuples(plan); i++)
        print_error("%s\n", PQgetvalue(plan, i, 0));
}
