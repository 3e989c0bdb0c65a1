/* The steps that create rows. */
#include "steps.h"

#include <inttypes.h>
#include <stdio.h>

struct organisation *find_organisation(struct ar_session *s, const char *name)
{
    struct organisation_query *q = organisation_query(s);
    struct organisation *organisation;

    organisation_where(q, ar_eq(organisation_column.name, name));
    check(s, organisation_one(q, &organisation));
    return organisation;
}

struct project *find_project(struct ar_session *s, const char *name)
{
    struct project_query *q = project_query(s);
    struct project *project;

    project_where(q, ar_eq(project_column.name, name));
    check(s, project_one(q, &project));
    return project;
}

struct issue *find_issue(struct ar_session *s, const char *title)
{
    struct issue_query *q = issue_query(s);
    struct issue *issue;

    issue_where(q, ar_eq(issue_column.title, title));
    check(s, issue_one(q, &issue));
    return issue;
}

static struct label *find_label(struct ar_session *s, const char *name)
{
    struct label_query *q = label_query(s);
    struct label *label;

    label_where(q, ar_eq(label_column.name, name));
    check(s, label_one(q, &label));
    return label;
}

void create_tables(struct ar_session *s)
{
    check(s, ar_create_table_list(s, tracker_models, tracker_model_count));
    check(s, comment_delete_all(comment_query(s), NULL));
    check(s, label_delete_all(label_query(s), NULL));
    check(s, issue_erase_all(issue_query(s), NULL)); /* also those that delete has only marked */
    check(s, project_delete_all(project_query(s), NULL));
    check(s, member_delete_all(member_query(s), NULL));
    check(s, person_delete_all(person_query(s), NULL));
    check(s, organisation_delete_all(organisation_query(s), NULL));
}

/* The records refer to each other by relations, because they have no keys yet. */
void save_a_graph(struct ar_session *s)
{
    struct ar_graph graph = ar_graph_start(s);
    struct organisation acme = {.name = "Acme"}, empty = {.name = "Empty Ltd"};
    struct person ada = {.name = "Ada", .email = "ada@example.com"};
    struct person bob = {.name = "Bob", .email = "bob@example.com"};
    struct member members[] = {{.role = MAINTAINER}, {.role = DEVELOPER}};
    struct project rocket = {.name = "Rocket"}, website = {.name = "Website"};
    struct label labels[] = {{.name = "bug"}, {.name = "idea"}, {.name = "docs"}};
    struct issue epic = {.title = "Fly to the moon", .priority = 2};
    struct issue parts[] = {
        {.title = "Build an engine", .priority = 0, .state = IN_PROGRESS},
        {.title = "Find a pilot", .priority = 1},
        {.title = "Buy fuel", .priority = 1},
    };
    struct issue pump = {.title = "Repair the pump", .priority = 0};
    struct issue typo = {.title = "Fix a typo", .priority = 3}, logo = {.title = "Draw a logo", .priority = 3};

    organisation_put(&graph, &empty);
    member_set_organisation(&graph, &members[0], &acme);
    member_set_person(&graph, &members[0], &ada);
    member_set_organisation(&graph, &members[1], &acme);
    member_set_person(&graph, &members[1], &bob);
    project_set_organisation(&graph, &rocket, &acme);
    project_set_organisation(&graph, &website, &acme);
    for (size_t i = 0; i < 3; i++)
        label_set_project(&graph, &labels[i], &rocket);
    issue_set_project(&graph, &epic, &rocket);
    for (size_t i = 0; i < 3; i++) {
        issue_set_project(&graph, &parts[i], &rocket);
        issue_set_parent(&graph, &parts[i], &epic);
    }
    issue_set_assignee(&graph, &parts[0], &ada);
    issue_set_project(&graph, &pump, &rocket);
    issue_set_parent(&graph, &pump, &parts[0]);
    issue_set_project(&graph, &typo, &website);
    issue_set_project(&graph, &logo, &website);
    issue_set_assignee(&graph, &logo, &bob);
    check(s, ar_graph_save(&graph));
    printf("  %s belongs to %s: %s\n", rocket.name, acme.name, rocket.organisation_id == acme.id ? "yes" : "no");
}

void import_people(struct ar_session *s)
{
    struct person people[] = {
        {.name = "Ada Lovelace", .email = "ada@example.com"},
        {.name = "Cleo", .email = "cleo@example.com"},
        {.name = "Dan", .email = "dan@example.com"},
    };
    const struct ar_upsert by_email = {.by = person_column.email.column};
    struct ar_upsert_totals totals;

    check(s, person_upsert_many(s, people, 3, &by_email, NULL, &totals));
    printf("  %zu inserted, %zu updated\n", totals.inserted, totals.updated);
}

static void print_changes(const char *call, const struct ar_link_changes *changes)
{
    printf("  %s: %zu added, %zu removed\n", call, changes->added, changes->removed);
}

void attach_labels(struct ar_session *s)
{
    struct issue *pump = find_issue(s, "Repair the pump"), *pilot = find_issue(s, "Find a pilot");
    struct label *bug = find_label(s, "bug"), *idea = find_label(s, "idea"), *docs = find_label(s, "docs");
    struct ar_link_changes changes;

    check(s, issue_labels_add(s, pump, (struct label *const[]){bug, docs}, 2, &changes));
    print_changes("add bug and docs", &changes);
    check(s, issue_labels_add(s, pump, (struct label *const[]){bug}, 1, &changes));
    print_changes("add bug again", &changes);
    check(s, issue_labels_replace(s, pump, (struct label *const[]){bug, idea}, 2, &changes));
    print_changes("replace by bug and idea", &changes);
    check(s, issue_labels_remove(s, pump, (struct label *const[]){docs}, 1, &changes));
    print_changes("remove docs", &changes);
    check(s, label_issues_add(s, idea, (struct issue *const[]){pilot}, 1, &changes)); /* from the other side */
    print_changes("add an issue to idea", &changes);
}

void comment_on_anything(struct ar_session *s)
{
    struct issue *pump = find_issue(s, "Repair the pump");
    struct project *rocket = find_project(s, "Rocket");
    struct person *ada, *bob;
    struct person_query *q = person_query(s);
    struct comment comment;

    person_where(q, ar_starts_with_nocase(person_column.email, "ADA@"));
    check(s, person_one(q, &ada));
    q = person_query(s);
    person_where(q, ar_eq(person_column.name, "Bob"));
    check(s, person_one(q, &bob));

    check(s, issue_comments_build(s, pump, &comment));
    comment.author_id = ada->id;
    comment.body = "It leaks.";
    check(s, comment_save(s, &comment));
    check(s, issue_comments_build(s, pump, &comment));
    comment.author_id = bob->id;
    comment.body = "Not any more.";
    check(s, comment_save(s, &comment));
    check(s, project_comments_build(s, rocket, &comment));
    comment.author_id = bob->id;
    comment.body = "What a plan!";
    check(s, comment_save(s, &comment));
    printf("  the last comment is about a %s\n", comment.subject_type);
}
