/* The rules of issues, and what happens around their writes. */
#include "steps.h"

#include <stdio.h>

enum ar_status check_issue(struct ar_session *s, const struct issue *issue)
{
    if (issue->state == IN_PROGRESS && issue->assignee_id == 0)
        (void)ar_refuse(s, issue_column.assignee_id.column, "is missing: somebody must work on it");
    if (issue->parent_id != 0 && issue->parent_id == issue->id)
        (void)ar_refuse(s, issue_column.parent_id.column, "is the issue itself");
    return AR_OK;
}

enum ar_status note_closing(struct ar_session *s, struct issue *issue)
{
    (void)s;
    if (issue->state != CLOSED)
        issue->closed_at = 0;
    else if (issue->closed_at == 0)
        issue->closed_at = time(NULL);
    return AR_OK;
}

/* Announce only what is committed: a rolled-back change is not announced. */
void announce_issue(struct ar_session *s, const struct issue *issue, enum ar_change change)
{
    static const char *const changes[] = {[AR_INSERTED] = "new", [AR_UPDATED] = "changed", [AR_DELETED] = "deleted"};

    (void)s;
    printf("  announced: %s is %s\n", issue->title, changes[change]);
}
