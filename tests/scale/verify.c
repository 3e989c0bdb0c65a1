/* The rows after the load, compared with the journals of the workers. */
#include "verify.h"

#include <stdio.h>
#include <stdlib.h>

/* How often something was changed: at least `known` and at most `known + unknown` times. */
struct changes {
    int64_t known, unknown;
};

struct tally {
    struct changes saves[TENANTS + 1][ISSUE_KEY(PROJECTS, ISSUES) + 1];
    struct changes views[TENANTS + 1][PROJECTS + 1];
};

static void tally_entry(struct changes *changes, const struct entry *entry)
{
    if (entry->outcome == COMMITTED)
        changes->known++;
    if (entry->outcome == UNKNOWN)
        changes->unknown++;
}

static bool is_possible(const struct changes *changes, int64_t count)
{
    return count >= changes->known && count <= changes->known + changes->unknown;
}

/* ---- Commits ----------------------------------------------------------------------------------------------------- */

/* Return the number of rows that the entry's commit left, and the number if it was committed. */
static enum ar_status count_rows(struct ar_session *s, const struct entry *entry, int64_t *count, int64_t *expected)
{
    struct comment_query *comments = comment_query(s);
    struct issue_query *issues = issue_query(s);
    struct transfer_query *transfers = transfer_query(s);
    struct issue_label_query *links = issue_label_query(s);

    *expected = entry->operation == BULK_INSERT ? BULK : 1;
    switch (entry->operation) {
    case BULK_INSERT:
        comment_where(comments, ar_between(comment_column.id, entry->id, entry->id + BULK - 1));
        return comment_count(comments, count);
    case TRANSFER:
        transfer_where(transfers, ar_eq(transfer_column.id, entry->id));
        return transfer_count(transfers, count);
    case LINK:
        issue_label_where(links, ar_eq(issue_label_column.issue_id, entry->id));
        issue_label_where(links, ar_eq(issue_label_column.label_id, entry->other));
        return issue_label_count(links, count);
    case DELETE:
    case INSERT:
    case READ_OWN_WRITE:
        issue_where(issues, ar_eq(issue_column.id, entry->id));
        issue_with_deleted(issues);
        if (entry->operation == DELETE)
            issue_where(issues, ar_is_not_null(issue_column.deleted_at));
        return issue_count(issues, count);
    case SAVE:
    case INCREMENT:
    case TREE:
    case PAGE:
    case LAZY:
    case COUNT:
    case STANDBY_TREE:
    case OPERATIONS:
        break;
    }
    return AR_MISUSE;
}

/* Check one entry. Return false, with a message, if the rows contradict it. */
static bool check_entry(struct ar_session *s, const struct entry *entry)
{
    int64_t count = 0, expected = 0;
    enum ar_status status = count_rows(s, entry, &count, &expected);
    bool is_there = count == expected, is_absent = count == 0;

    if (status != AR_OK)
        printf("%s\n", ar_session_error(s)->message);
    else if ((is_there && entry->outcome != NOT_COMMITTED) || (is_absent && entry->outcome != COMMITTED))
        return true;
    else
        printf("%s %d of tenant %d %s, but %d of %d rows are there\n", operation_name(entry->operation), (int)entry->id,
               (int)entry->tenant_id,
               entry->outcome == COMMITTED ? "was committed"
               : entry->outcome == UNKNOWN ? "has an unknown outcome"
                                           : "was not committed",
               (int)count, (int)expected);
    return false;
}

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

static bool check_versions(struct ar_session *s, const struct tally *tally, int64_t tenant_id, int32_t first_version)
{
    struct issue_query *q = issue_query(s);
    struct issue_list issues;
    bool is_right = true;

    issue_where(q, ar_lt(issue_column.id, FIRST_KEY(0)));
    if (issue_all(q, &issues) != AR_OK || issues.count != PROJECTS * ISSUES)
        return false;
    for (size_t i = 0; i < issues.count; i++) {
        const struct changes *saves = &tally->saves[tenant_id][issues.items[i]->id];
        int64_t count = issues.items[i]->version - first_version;
        if (is_possible(saves, count))
            continue;
        printf("issue %d of tenant %d was saved %d times, and the journals have %d, and %d of unknown outcome\n",
               (int)issues.items[i]->id, (int)tenant_id, (int)count, (int)saves->known, (int)saves->unknown);
        is_right = false;
    }
    return is_right;
}

/* Return what the transfers have left of a project's budget. */
static int64_t budget_by_transfers(const struct transfer_list *transfers, int64_t project_id)
{
    int64_t budget = BUDGET;

    for (size_t i = 0; i < transfers->count; i++) {
        if (transfers->items[i]->source_id == project_id)
            budget -= transfers->items[i]->amount;
        if (transfers->items[i]->destination_id == project_id)
            budget += transfers->items[i]->amount;
    }
    return budget;
}

static bool check_project(struct ar_session *s, const struct tally *tally, const struct project *project,
                          const struct transfer_list *transfers)
{
    int64_t issues = -1, budget = budget_by_transfers(transfers, project->id);
    const struct changes *views = &tally->views[project->tenant_id][project->id];

    if (project_issues_count(s, project, &issues) == AR_OK && project->issues_count == issues &&
        project->budget == budget && is_possible(views, project->views))
        return true;
    printf(
        "project %d of tenant %d: it counts %d of %d issues; its budget is %d, and %d by its transfers; it was viewed "
        "%d times, and the journals have %d, and %d of unknown outcome\n",
        (int)project->id, (int)project->tenant_id, (int)project->issues_count, (int)issues, (int)project->budget,
        (int)budget, (int)project->views, (int)views->known, (int)views->unknown);
    return false;
}

/* Budgets are exact for each project, so that their sum is constant, too. */
static bool check_projects(struct ar_session *s, const struct tally *tally)
{
    struct project_query *q = project_query(s);
    struct transfer_query *t = transfer_query(s);
    struct project_list projects;
    struct transfer_list transfers;
    bool is_right = true;

    if (transfer_all(t, &transfers) != AR_OK || project_all(q, &projects) != AR_OK || projects.count != PROJECTS) {
        printf("%s\n", ar_session_error(s)->message);
        return false;
    }
    for (size_t i = 0; i < projects.count; i++)
        is_right = check_project(s, tally, projects.items[i], &transfers) && is_right;
    return is_right;
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

bool verify_commits(struct stage *stage, struct ar_db *db, struct outcomes *outcomes)
{
    bool is_right = true;

    *outcomes = (struct outcomes){.committed = 0};
    for (unsigned w = 0; w < PROCESSES; w++) {
        for (unsigned i = 0; i < stage->logs[w].entry_count; i++) {
            const struct entry *entry = &stage->logs[w].entries[i];
            struct ar_session *s;
            outcomes->committed += entry->outcome == COMMITTED;
            outcomes->unknown += entry->outcome == UNKNOWN;
            outcomes->refused += entry->outcome == NOT_COMMITTED;
            if (entry->operation == SAVE || entry->operation == INCREMENT)
                continue;
            if (open_session(db, entry->tenant_id, false, &s) != AR_OK)
                return false;
            is_right = check_entry(s, entry) && is_right;
            ar_session_close(s);
        }
    }
    return is_right;
}

bool verify_numbers(struct stage *stage, struct ar_db *db)
{
    struct tally *tally = calloc(1, sizeof *tally);
    bool is_right = tally != NULL;

    for (unsigned w = 0; w < PROCESSES && is_right; w++) {
        for (unsigned i = 0; i < stage->logs[w].entry_count; i++) {
            const struct entry *entry = &stage->logs[w].entries[i];
            if (entry->operation == SAVE)
                tally_entry(&tally->saves[entry->tenant_id][entry->id], entry);
            if (entry->operation == INCREMENT)
                tally_entry(&tally->views[entry->tenant_id][entry->id], entry);
        }
    }
    for (int64_t tenant_id = 1; tenant_id <= TENANTS && tally != NULL; tenant_id++) {
        struct ar_session *s;
        if (open_session(db, tenant_id, false, &s) != AR_OK)
            is_right = false;
        is_right = check_versions(s, tally, tenant_id, stage->first_version) && is_right;
        is_right = check_projects(s, tally) && is_right;
        ar_session_close(s);
    }
    free(tally);
    return is_right;
}
