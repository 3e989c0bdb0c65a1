/* Operations that write. New rows get their tenant from the scope of the session. Each is one transaction, and its
 * entry in the journal has the keys by which verify.c finds out if it was committed. */
#include "scale.h"

#include <stdio.h>

static int64_t any_project(struct work *work)
{
    return 1 + any_of(work, PROJECTS);
}

/* Only saves change these issues, so that their versions count the saves. */
enum ar_status save_issue(struct work *work)
{
    struct issue *issue;
    char title[48];
    enum ar_status status;

    work->entry.id = ISSUE_KEY(any_project(work), 1 + any_of(work, ISSUES));
    status = issue_find(work->s, work->tenant_id, work->entry.id, &issue);
    if (status != AR_OK)
        return status;
    (void)snprintf(title, sizeof title, "Saved with %u", any_of(work, 1000000000));
    issue->title = title;
    issue->state = IN_PROGRESS;
    return issue_save(work->s, issue);
}

/* One transaction: the row, and the counter and time of its project. */
enum ar_status insert_issue(struct work *work)
{
    int64_t project = any_project(work);
    struct issue issue = {.id = work->next_key++,
                          .project_id = project,
                          .parent_id = ISSUE_KEY(project, 1),
                          .assignee_id = 1 + any_of(work, PEOPLE),
                          .kind_id = 1 + any_of(work, KINDS),
                          .title = "A new issue"};

    work->entry.id = issue.id;
    return issue_insert(work->s, &issue);
}

/* Lock both projects, the lower key first, and move the amount. */
static enum ar_status transfer_in_transaction(struct ar_session *s, void *payload)
{
    struct transfer *transfer = payload;
    int64_t source = transfer->source_id, destination = transfer->destination_id;
    struct project *first, *second;
    enum ar_status status =
        project_find_for_update(s, transfer->tenant_id, source < destination ? source : destination, &first);

    if (status == AR_OK)
        status = project_find_for_update(s, transfer->tenant_id, source < destination ? destination : source, &second);
    if (status != AR_OK)
        return status;
    first->budget += first->id == source ? -transfer->amount : transfer->amount;
    second->budget += second->id == source ? -transfer->amount : transfer->amount;
    status = project_save(s, first);
    if (status == AR_OK)
        status = project_save(s, second);
    return status == AR_OK ? transfer_insert(s, transfer) : status;
}

enum ar_status transfer_budget(struct work *work)
{
    struct transfer transfer = {.tenant_id = work->tenant_id,
                                .id = work->next_key++,
                                .source_id = any_project(work),
                                .amount = 1 + any_of(work, 10)};
    const struct ar_transaction_options patient = {.retry_unavailable_ms = 60000};

    transfer.destination_id = transfer.source_id % PROJECTS + 1;
    work->entry.id = transfer.id;
    return ar_transaction_with(work->s, &patient, transfer_in_transaction, &transfer);
}

/* All of the comments, or none. */
enum ar_status insert_comments(struct work *work)
{
    struct comment comments[BULK];
    int64_t subject = ISSUE_KEY(any_project(work), 1 + any_of(work, ISSUES));

    work->entry.id = work->next_key;
    for (int i = 0; i < BULK; i++)
        comments[i] = (struct comment){.id = work->next_key++,
                                       .subject_type = "issue",
                                       .subject_id = subject,
                                       .author_id = 1,
                                       .body = "One of many."};
    return comment_insert_many(work->s, comments, BULK);
}

enum ar_status increment_views(struct work *work)
{
    struct project_query *q = project_query(work->s);

    work->entry.id = any_project(work);
    project_where(q, ar_eq(project_column.id, work->entry.id));
    return project_update_all(q, ar_add(project_column.views, 1), NULL);
}

/* Delete the issue that the worker inserted last, or insert one. */
enum ar_status delete_issue(struct work *work)
{
    struct issue issue = {.tenant_id = work->last_tenant, .id = work->last_issue};

    if (work->last_issue == 0 || work->last_tenant != work->tenant_id) {
        work->entry.operation = INSERT;
        return insert_issue(work);
    }
    work->entry.id = issue.id;
    work->last_issue = 0;
    return issue_delete(work->s, &issue);
}

/* Add a label to the issue that the worker inserted last, or insert one. */
enum ar_status link_label(struct work *work)
{
    struct issue *issue;
    struct label *label;
    enum ar_status status;

    if (work->last_issue == 0 || work->last_tenant != work->tenant_id) {
        work->entry.operation = INSERT;
        return insert_issue(work);
    }
    work->entry.id = work->last_issue;
    work->entry.other = LABEL_KEY(any_project(work), 1 + any_of(work, LABELS));
    status = issue_find(work->s, work->tenant_id, work->entry.id, &issue);
    if (status == AR_OK)
        status = label_find(work->s, work->tenant_id, work->entry.other, &label);
    return status == AR_OK ? issue_labels_add(work->s, issue, &label, 1, NULL) : status;
}

/* A session with .replica sees what another session has just committed. */
enum ar_status read_own_write(struct work *work)
{
    struct issue *issue;
    enum ar_status status = insert_issue(work), read;

    if (status != AR_OK)
        return status;
    read = issue_find(work->standby, work->tenant_id, work->entry.id, &issue);
    if (read == AR_NOT_FOUND)
        work->complaint = "a session with .replica did not see an earlier commit";
    return AR_OK;
}
