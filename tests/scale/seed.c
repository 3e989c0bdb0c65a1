/* The rows that exist before the load: each tenant has the same ones. The scope of the session is their tenant. */
#include "scale.h"

#include <stdio.h>

/* An issue and its comment have the same key. */
static enum ar_status add_issues(struct ar_session *s, int64_t project, int32_t *version)
{
    struct issue issues[ISSUES];
    struct comment comments[ISSUES];
    enum ar_status status;

    for (int i = 0; i < ISSUES; i++) {
        int64_t key = ISSUE_KEY(project, i + 1);
        issues[i] = (struct issue){.id = key,
                                   .project_id = project,
                                   .assignee_id = 1 + i % PEOPLE,
                                   .kind_id = 1 + i % KINDS,
                                   .title = "An old issue",
                                   .priority = i % 4};
        comments[i] = (struct comment){
            .id = key, .subject_type = "issue", .subject_id = key, .author_id = 1 + i % PEOPLE, .body = "It leaks."};
    }
    status = issue_insert_many(s, issues, ISSUES);
    *version = issues[0].version;
    return status == AR_OK ? comment_insert_many(s, comments, ISSUES) : status;
}

static enum ar_status add_project(struct ar_session *s, int64_t id, int32_t *version)
{
    char name[16];
    struct project project = {.id = id, .name = name, .budget = BUDGET};
    struct label labels[LABELS];
    static const char *const names[LABELS] = {"bug", "docs", "idea"};
    enum ar_status status;

    (void)snprintf(name, sizeof name, "Project %d", (int)id);
    status = project_insert(s, &project);
    for (int i = 0; i < LABELS; i++)
        labels[i] = (struct label){.id = LABEL_KEY(id, i + 1), .project_id = id, .name = names[i]};
    if (status == AR_OK)
        status = label_insert_many(s, labels, LABELS);
    return status == AR_OK ? add_issues(s, id, version) : status;
}

static enum ar_status add_tenant(struct ar_session *s, int32_t *version)
{
    struct organisation organisation = {.name = "An organisation"};
    struct person people[PEOPLE];
    char emails[PEOPLE][32];
    enum ar_status status = organisation_insert(s, &organisation);

    for (int i = 0; i < PEOPLE; i++) {
        (void)snprintf(emails[i], sizeof emails[i], "person%d@example.com", i + 1);
        people[i] = (struct person){.id = i + 1, .email = emails[i], .name = "A person"};
    }
    if (status == AR_OK)
        status = person_insert_many(s, people, PEOPLE);
    for (int64_t id = 1; id <= PROJECTS && status == AR_OK; id++)
        status = add_project(s, id, version);
    return status;
}

enum ar_status seed(struct ar_db *db, int32_t *first_version)
{
    struct kind kinds[KINDS] = {{.id = 1, .name = "bug"}, {.id = 2, .name = "feature"}, {.id = 3, .name = "task"}};
    struct ar_session *s;
    enum ar_status status = ar_session_open(db, NULL, &s);

    if (status == AR_OK)
        status = kind_insert_many(s, kinds, KINDS);
    ar_session_close(s);
    for (int64_t tenant_id = 1; tenant_id <= TENANTS && status == AR_OK; tenant_id++) {
        status = open_session(db, tenant_id, false, &s);
        if (status == AR_OK)
            status = ar_begin(s);
        if (status == AR_OK)
            status = add_tenant(s, first_version);
        if (status == AR_OK)
            status = ar_commit(s);
        if (status != AR_OK)
            (void)fprintf(stderr, "tenant %d: %s\n", (int)tenant_id, ar_session_error(s)->message);
        ar_session_close(s);
    }
    return status;
}
