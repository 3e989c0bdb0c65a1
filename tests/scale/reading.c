/* Operations that read: trees, pages, lazy loads and counts. No query names the tenant, which is the scope of the
 * session; each checks that its rows are of it. */
#include "scale.h"

/* Note a row of another tenant. */
static void expect_tenant(struct work *work, int64_t tenant_id)
{
    if (tenant_id != work->tenant_id)
        work->complaint = "a row of another tenant was read";
}

static int64_t any_project(struct work *work)
{
    return 1 + any_of(work, PROJECTS);
}

static struct issue_query *issues_of_project(struct work *work)
{
    struct issue_query *q = issue_query(work->s);

    issue_where(q, ar_eq(issue_column.project_id, any_project(work)));
    return q;
}

static enum ar_status check_issue(struct work *work, const struct issue *issue)
{
    struct comment_list comments = {.count = 0};
    struct label_list labels = {.count = 0};
    struct person *assignee = NULL;
    enum ar_status status = issue_comments(work->s, issue, &comments);

    if (status == AR_OK)
        status = issue_labels(work->s, issue, &labels);
    if (status == AR_OK)
        status = issue_assignee(work->s, issue, &assignee);
    expect_tenant(work, issue->tenant_id);
    for (size_t i = 0; i < comments.count; i++)
        expect_tenant(work, comments.items[i]->tenant_id);
    for (size_t i = 0; i < labels.count; i++)
        expect_tenant(work, labels.items[i]->tenant_id);
    if (status == AR_OK && assignee == NULL)
        work->complaint = "an issue has lost its assignee";
    return status;
}

/* Check what the tree has loaded. No statement is needed. */
static enum ar_status check_tree(struct work *work, const struct project *project)
{
    struct issue_list issues;
    enum ar_status status = project_issues(work->s, project, &issues);

    for (size_t i = 0; i < issues.count && status == AR_OK; i++)
        status = check_issue(work, issues.items[i]);
    return status;
}

enum ar_status read_tree(struct work *work)
{
    struct project_query *q = project_query(work->s);
    struct issue_query *issues;
    struct comment_query *comments;
    struct project *project;
    enum ar_status status;

    project_where(q, ar_eq(project_column.id, any_project(work)));
    project_strict(q);
    issues = project_with_issues(q);
    issue_order_by(issues, ar_desc(issue_column.id));
    issue_limit(issues, 20);
    issue_with_labels(issues);
    issue_with_assignee(issues);
    comments = issue_with_comments(issues);
    comment_limit(comments, 3);
    status = project_one(q, &project);
    return status == AR_OK ? check_tree(work, project) : status;
}

enum ar_status read_page(struct work *work)
{
    struct issue_query *q = issues_of_project(work);
    struct issue_list page;
    enum ar_status status;

    issue_order_by(q, ar_desc(issue_column.priority));
    issue_limit(q, 5);
    status = issue_all(q, &page);
    if (status != AR_OK || page.count == 0)
        return status;
    expect_tenant(work, page.items[0]->tenant_id);
    issue_after(q, page.items[page.count - 1]);
    return issue_all(q, &page);
}

/* Four statements, however many issues there are. */
enum ar_status read_lazily(struct work *work)
{
    struct issue_query *q = issues_of_project(work);
    struct issue_list issues;
    struct person *assignee;
    struct project *project;
    struct comment *latest;
    struct kind *kind;
    enum ar_status status;

    issue_limit(q, 10);
    status = issue_all(q, &issues);
    for (size_t i = 0; i < issues.count && status == AR_OK; i++) {
        expect_tenant(work, issues.items[i]->tenant_id);
        status = issue_assignee(work->s, issues.items[i], &assignee);
        if (status == AR_OK)
            status = issue_kind(work->s, issues.items[i], &kind);
        if (status == AR_OK)
            status = issue_project(work->s, issues.items[i], &project);
        if (status == AR_OK)
            status = issue_latest_comment(work->s, issues.items[i], &latest);
        if (status == AR_OK && (project == NULL || kind == NULL))
            work->complaint = "an issue has lost its project or kind";
    }
    return status;
}

enum ar_status read_counts(struct work *work)
{
    struct project_query *projects = project_query(work->s);
    struct issue_query *q = issues_of_project(work);
    struct project_list list;
    int64_t count;
    bool any;
    enum ar_status status;

    (void)project_with_labels_count(projects);
    status = project_all(projects, &list);
    for (size_t i = 0; i < list.count && status == AR_OK; i++) {
        status = project_issues_count(work->s, list.items[i], &count);
        expect_tenant(work, list.items[i]->tenant_id);
    }
    issue_where(q, ar_eq(issue_column.state, OPEN));
    if (status == AR_OK)
        status = issue_count(q, &count);
    issue_where(q, issue_has_comments());
    return status == AR_OK ? issue_exists(q, &any) : status;
}
