/* The steps that read. */
#include "steps.h"

#include <inttypes.h>
#include <stdio.h>

static const char *assignee_name(struct ar_session *s, const struct issue *issue)
{
    struct person *assignee;

    check(s, issue_assignee(s, issue, &assignee));
    return assignee != NULL ? assignee->name : "nobody";
}

void show_the_board(struct ar_session *s)
{
    struct issue_query *q = issue_query(s);
    struct issue_list issues;

    issue_where(q, ar_ne(issue_column.state, CLOSED));
    issue_order_by(q, ar_asc(issue_column.priority));
    (void)issue_with_assignee(q);
    (void)issue_with_labels(q);
    (void)issue_with_latest_comment(q);
    (void)issue_with_comments_count(q);
    issue_strict(q); /* all that is shown is loaded above */
    check(s, issue_all(q, &issues));
    for (size_t i = 0; i < issues.count; i++) {
        struct issue *issue = issues.items[i];
        struct label_list labels;
        struct comment *latest;
        int64_t comments;
        check(s, issue_labels(s, issue, &labels));
        check(s, issue_comments_count(s, issue, &comments));
        check(s, issue_latest_comment(s, issue, &latest));
        printf("  %" PRId32 " %-16s %s", issue->priority, issue->title, assignee_name(s, issue));
        for (size_t j = 0; j < labels.count; j++)
            printf(" [%s]", labels.items[j]->name);
        if (latest != NULL)
            printf(" %" PRId64 " comments, the latest: %s", comments, latest->body);
        printf("\n");
    }
}

static struct issue_query *issues_by_priority(struct ar_session *s)
{
    struct issue_query *q = issue_query(s);

    issue_order_by(q, ar_asc(issue_column.priority));
    issue_order_by(q, ar_desc(issue_column.title));
    issue_limit(q, 3);
    return q;
}

static void print_page(const char *title, const struct issue_list *page)
{
    printf("  %s:", title);
    for (size_t i = 0; i < page->count; i++)
        printf(" %s%s", page->items[i]->title, i + 1 < page->count ? "," : "\n");
}

void turn_pages(struct ar_session *s)
{
    struct issue_list first, second, back;
    struct issue_query *q = issues_by_priority(s);

    check(s, issue_all(q, &first));
    print_page("first page", &first);
    q = issues_by_priority(s);
    issue_after(q, first.items[first.count - 1]);
    check(s, issue_all(q, &second));
    print_page("second page", &second);
    q = issues_by_priority(s);
    issue_before(q, second.items[0]);
    check(s, issue_all(q, &back));
    print_page("and back", &back);
}

static void print_issues(struct ar_session *s, const char *title, struct ar_condition condition)
{
    struct issue_query *q = issue_query(s);
    struct issue_list issues;

    issue_where(q, condition);
    issue_order_by(q, ar_asc(issue_column.id));
    check(s, issue_all(q, &issues));
    print_page(title, &issues);
}

void filter_by_related_rows(struct ar_session *s)
{
    struct project_query *projects = project_query(s);
    struct project_list list;

    print_issues(s, "bugs", issue_has_labels(ar_eq(label_column.name, "bug")));
    print_issues(s, "with two labels or more", issue_has_labels_count(AR_GE, 2));
    print_issues(s, "leaves in progress or commented by Bob",
                 ar_and(ar_not(issue_has_children()),
                        ar_or(ar_eq(issue_column.state, IN_PROGRESS),
                              issue_has_comments(comment_has_author(ar_eq(person_column.name, "Bob"))))));
    print_issues(
        s, "below an epic of Acme",
        issue_has_parent(issue_has_project(project_has_organisation(ar_eq(organisation_column.name, "Acme")))));

    project_order_by(projects, project_by_issues_count(AR_DESC));
    check(s, project_all(projects, &list));
    for (size_t i = 0; i < list.count; i++)
        printf("  %s has %" PRId32 " issues\n", list.items[i]->name, list.items[i]->issues_count);
}

void count_without_loading(struct ar_session *s)
{
    struct project_query *q = project_query(s);
    struct project_list projects;

    project_order_by(q, ar_asc(project_column.name));
    check(s, project_all(q, &projects));
    for (size_t i = 0; i < projects.count; i++) {
        int64_t issues;
        struct ar_value most_urgent;
        check(s, project_issues_count(s, projects.items[i], &issues)); /* the first call counts for all projects */
        check(s, project_issues_aggregate(s, projects.items[i], ar_min(issue_column.priority), &most_urgent));
        printf("  %s: %" PRId64 " issues, the most urgent of priority %" PRId64 "\n", projects.items[i]->name, issues,
               most_urgent.integer);
    }
}

void walk_the_tree(struct ar_session *s)
{
    struct issue *epic = find_issue(s, "Fly to the moon"), *pump = find_issue(s, "Repair the pump"), *each = pump;
    struct issue_list all, children;

    check(s, issue_children_tree(s, epic, AR_WHOLE_DEPTH, &all)); /* in one statement */
    check(s, issue_children(s, epic, &children));                 /* loaded, as are the children of every issue below */
    printf("  %zu issues below the epic, %zu of them next to it\n", all.count, children.count);
    check(s, issue_parent_path(s, pump, AR_WHOLE_DEPTH, &all));
    printf("  %s", pump->title);
    for (check(s, issue_parent(s, each, &each)); each != NULL; check(s, issue_parent(s, each, &each)))
        printf(" < %s", each->title);
    printf("\n");
}

void list_members(struct ar_session *s)
{
    struct organisation *acme = find_organisation(s, "Acme");
    struct person_list people;
    struct member_list members;

    check(s, organisation_people(s, acme, &people));
    check(s, organisation_people_links(s, acme, &members)); /* read by the same statement */
    for (size_t i = 0; i < people.count; i++)
        printf("  %s is a %s\n", people.items[i]->name, role_name(members.items[i]->role));
}

void read_the_feed(struct ar_session *s)
{
    struct comment_query *q = comment_query(s);
    struct comment_list comments;

    (void)comment_with_author(q);
    comment_order_by(q, ar_asc(comment_column.id));
    check(s, comment_all(q, &comments));
    for (size_t i = 0; i < comments.count; i++) {
        struct comment *comment = comments.items[i];
        struct comment_subject subject;
        struct person *author;
        const char *about = "nothing";
        check(s, comment_author(s, comment, &author));
        check(s, comment_subject(s, comment, &subject)); /* one statement for each type that the comments have */
        switch (subject.kind) {
        case COMMENT_SUBJECT_ISSUE:
            about = subject.issue->title;
            break;
        case COMMENT_SUBJECT_PROJECT:
            about = subject.project->name;
            break;
        case COMMENT_SUBJECT_NONE:
            break;
        }
        printf("  %s on %s: %s\n", author->name, about, comment->body);
    }
}

static enum ar_status print_chunk(struct ar_session *s, const struct issue_list *issues, void *payload)
{
    size_t *chunks = payload;

    printf("  chunk %zu:", ++*chunks);
    for (size_t i = 0; i < issues->count; i++)
        printf(" %s (%s)%s", issues->items[i]->title, assignee_name(s, issues->items[i]),
               i + 1 < issues->count ? "," : "\n");
    return AR_OK;
}

void stream_everything(struct ar_session *s)
{
    struct issue_query *q = issue_query(s);
    size_t chunks = 0;

    (void)issue_with_assignee(q);
    issue_order_by(q, ar_desc(issue_column.priority));
    check(s, issue_each(q, 4, print_chunk, &chunks));
}
