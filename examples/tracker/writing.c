/* The steps that change and delete. */
#include "steps.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void print_error(struct ar_session *s, enum ar_status status)
{
    printf("  %s: %s\n", ar_status_name(status), ar_session_error(s)->message);
}

void report_all_broken_rules(struct ar_session *s)
{
    struct issue issue = {.title = "?", .priority = 9, .state = IN_PROGRESS, .project_id = 1};

    if (issue_save(s, &issue) != AR_INVALID)
        return;
    const struct ar_error *error = ar_session_error(s);
    for (size_t i = 0; i < error->violation_count; i++)
        printf("  %s\n", error->violations[i].message);
}

void close_an_issue(struct ar_session *s)
{
    struct issue *issue = find_issue(s, "Build an engine");
    struct issue elsewhere = *issue; /* what another program has read */
    enum ar_status status;

    issue->state = CLOSED;
    check(s, issue_save(s, issue));
    printf("  closed_at is set: %s\n", issue->closed_at != 0 ? "yes" : "no");
    ar_session_clear(s); /* the other program knows nothing of this one */
    elsewhere.title = "Build two engines";
    status = issue_update(s, &elsewhere);
    printf("  the other program gets %s\n", ar_status_name(status));
}

static void print_counters(struct ar_session *s)
{
    struct project *rocket = find_project(s, "Rocket"), *website = find_project(s, "Website");

    printf("  Rocket has %" PRId32 " issues, Website %" PRId32 "\n", rocket->issues_count, website->issues_count);
}

void move_an_issue(struct ar_session *s)
{
    struct issue *typo = find_issue(s, "Fix a typo");

    print_counters(s);
    typo->project_id = find_project(s, "Rocket")->id;
    check(s, issue_save(s, typo));
    print_counters(s);
}

/* Any number of programs can do this at once: each gets a different issue. */
void take_the_next_issue(struct ar_session *s)
{
    struct issue_query *q = issue_query(s);
    struct person_query *people = person_query(s);
    struct issue *next;
    struct person *cleo;

    person_where(people, ar_eq(person_column.name, "Cleo"));
    check(s, person_one(people, &cleo));
    issue_where(q, ar_and(ar_is_null(issue_column.assignee_id), ar_eq(issue_column.state, OPEN)));
    issue_order_by(q, ar_asc(issue_column.priority));
    issue_lock(q, AR_LOCK_UPDATE, AR_LOCK_SKIP);
    check(s, ar_begin(s));
    check(s, issue_first(q, &next));
    next->assignee_id = cleo->id;
    next->state = IN_PROGRESS;
    check(s, issue_save(s, next));
    check(s, ar_commit(s));
    printf("  Cleo takes: %s\n", next->title);
}

void delete_and_restore(struct ar_session *s)
{
    struct issue *pump = find_issue(s, "Repair the pump");
    struct issue_query *q;
    int64_t visible, all;

    check(s, issue_delete(s, pump)); /* sets deleted_at */
    check(s, issue_count(issue_query(s), &visible));
    q = issue_query(s);
    issue_with_deleted(q);
    check(s, issue_count(q, &all));
    printf("  %" PRId64 " issues are left, %" PRId64 " with those deleted\n", visible, all);
    check(s, issue_restore(s, pump));
    check(s, issue_count(issue_query(s), &visible));
    printf("  %" PRId64 " issues after it was restored\n", visible);
}

void refuse_a_delete(struct ar_session *s)
{
    print_error(s, organisation_delete(s, find_organisation(s, "Acme")));
}

/* Its issues are deleted by their own rules; its labels and comments stay, for a restore. */
void delete_a_project(struct ar_session *s)
{
    struct project *rocket = find_project(s, "Rocket");
    struct issue_list issues;

    check(s, project_delete(s, rocket));
    check(s, issue_all(issue_query(s), &issues));
    for (size_t i = 0; i < issues.count; i++)
        printf("  left: %s\n", issues.items[i]->title);
    printf("  Acme has %" PRId32 " project\n", find_organisation(s, "Acme")->projects_count);
}
