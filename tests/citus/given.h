/* The rows of the tests of tests/citus: projects with issues of several tenants. On Citus, ar_create_tables distributes
 * the tables.
 */
#ifndef CITUS_GIVEN_H
#define CITUS_GIVEN_H

#include "tracker.ar.h"

#include "support.h"

#include <libpq-fe.h>

/* Per tenant: issue i belongs to project (i - 1) / ISSUES + 1, follows issue i - 1 of the project, and has all labels.
 */
enum { TENANTS = 3, PROJECTS = 3, ISSUES = 4, LABELS = 2 };

/* Open the fixture with empty tables. */
int open_tables(void **state);

/* Do the same, with the rows of all tenants. */
int open_tracker(void **state);

/* Insert the rows of one tenant, or of all. */
void given_issues(struct fixture *f, int64_t tenant);
void given_tenants(struct fixture *f);

/* Return the rows of a tenant, by id, and reset the statement count. */
struct project_list projects_of(struct fixture *f, int64_t tenant);
struct issue_list issues_of(struct fixture *f, int64_t tenant);

/* Return the plan of the last statement; its parameters have these values, which are literals. */
PGresult *plan_of(const struct fixture *f, const char *const *values);

void print_plan(const PGresult *plan);

#endif
