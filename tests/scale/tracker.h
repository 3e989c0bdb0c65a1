/* The issue tracker of examples/tracker for many tenants. An organisation is a tenant: each of its rows has its number
 * in tenant_id, the shard key, which is a part of every key. The kinds of issues are common to all tenants. */
#ifndef SCALE_TRACKER_H
#define SCALE_TRACKER_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum state { OPEN, IN_PROGRESS, CLOSED };

struct organisation {
    int64_t tenant_id       AR_SHARD_KEY AR_PRIMARY_KEY;
    const char *name        AR_NOT_NULL;
    int64_t reserve;
    int32_t projects_count;
} AR_TABLE(organisations)
  AR_HAS_MANY(projects, tenant_id, organisation, .order = "name")
  AR_HAS_MANY(people, tenant_id, organisation);

struct person {
    int64_t tenant_id       AR_SHARD_KEY AR_PRIMARY_KEY;
    int64_t id              AR_PRIMARY_KEY;
    const char *email       AR_NOT_NULL AR_EMAIL;
    const char *name        AR_NOT_NULL AR_LENGTH(1, 80);
} AR_TABLE(people)
  AR_UNIQUE_KEY(tenant_id, email)
  AR_BELONGS_TO(organisation, tenant_id, people)
  AR_HAS_MANY(assigned, (tenant_id, assignee_id), assignee, .target = issue);

/* A project has a budget, of which a transfer moves a part to another project. */
struct project {
    int64_t tenant_id       AR_SHARD_KEY AR_PRIMARY_KEY;
    int64_t id              AR_PRIMARY_KEY;
    const char *name        AR_NOT_NULL AR_LENGTH(1, 80);
    int64_t budget;
    int64_t views;
    int32_t issues_count;
    time_t updated_at       AR_UPDATED_AT;
} AR_TABLE(projects)
  AR_UNIQUE_KEY(tenant_id, name)
  AR_BELONGS_TO(organisation, tenant_id, projects, .counter = projects_count)
  AR_HAS_MANY(issues, (tenant_id, project_id), project)
  AR_HAS_MANY(labels, (tenant_id, project_id), project, .order = "name")
  AR_HAS_MANY(sent, (tenant_id, source_id), source, .target = transfer)
  AR_HAS_MANY(received, (tenant_id, destination_id), destination, .target = transfer)
  AR_HAS_MANY(comments, subject, .target = comment);

struct transfer {
    int64_t tenant_id       AR_SHARD_KEY AR_PRIMARY_KEY;
    int64_t id              AR_PRIMARY_KEY;
    int64_t source_id;
    int64_t destination_id;
    int64_t amount          AR_RANGE(1, 1000);
} AR_TABLE(transfers)
  AR_BELONGS_TO(source, (tenant_id, source_id), sent, .target = project)
  AR_BELONGS_TO(destination, (tenant_id, destination_id), received, .target = project);

struct kind {
    int64_t id              AR_PRIMARY_KEY;
    const char *name        AR_NOT_NULL;
} AR_TABLE(kinds) AR_REFERENCE_TABLE;

/* A deleted issue stays in its table. */
struct issue {
    int64_t tenant_id       AR_SHARD_KEY AR_PRIMARY_KEY;
    int64_t id              AR_PRIMARY_KEY;
    int64_t project_id;
    int64_t parent_id       AR_NULLABLE;
    int64_t assignee_id     AR_NULLABLE;
    int64_t kind_id;
    const char *title       AR_NOT_NULL AR_LENGTH(3, 200);
    enum state state        AR_ENUM_TEXT;
    int32_t priority        AR_RANGE(0, 3);
    time_t created_at       AR_CREATED_AT;
    time_t deleted_at       AR_DELETED_AT AR_NULLABLE;
    int32_t version         AR_VERSION;
} AR_TABLE(issues)
  AR_BELONGS_TO(project, (tenant_id, project_id), issues, .counter = issues_count, .touch = true)
  AR_BELONGS_TO(assignee, (tenant_id, assignee_id), assigned, .target = person)
  AR_BELONGS_TO(parent, (tenant_id, parent_id), children, .target = issue)
  AR_BELONGS_TO(kind, kind_id)
  AR_HAS_MANY(children, (tenant_id, parent_id), parent, .target = issue)
  AR_HAS_MANY(issue_labels, (tenant_id, issue_id), issue)
  AR_HAS_MANY_THROUGH(labels, issue_labels, label, .inverse = issues)
  AR_HAS_MANY(comments, subject, .target = comment, .order = "id")
  AR_HAS_ONE(latest_comment, subject, .target = comment, .order = "id DESC");

struct label {
    int64_t tenant_id       AR_SHARD_KEY AR_PRIMARY_KEY;
    int64_t id              AR_PRIMARY_KEY;
    int64_t project_id;
    const char *name        AR_NOT_NULL AR_LENGTH(1, 30);
} AR_TABLE(labels)
  AR_UNIQUE_KEY(tenant_id, project_id, name)
  AR_BELONGS_TO(project, (tenant_id, project_id), labels)
  AR_HAS_MANY(issue_labels, (tenant_id, label_id), label)
  AR_HAS_MANY_THROUGH(issues, issue_labels, issue, .inverse = labels);

struct issue_label {
    int64_t tenant_id       AR_SHARD_KEY AR_PRIMARY_KEY;
    int64_t issue_id        AR_PRIMARY_KEY;
    int64_t label_id        AR_PRIMARY_KEY;
} AR_TABLE(issue_labels)
  AR_BELONGS_TO(issue, (tenant_id, issue_id), issue_labels)
  AR_BELONGS_TO(label, (tenant_id, label_id), issue_labels);

struct comment {
    int64_t tenant_id       AR_SHARD_KEY AR_PRIMARY_KEY;
    int64_t id              AR_PRIMARY_KEY;
    const char *subject_type AR_NOT_NULL;
    int64_t subject_id;
    int64_t author_id;
    const char *body        AR_NOT_NULL AR_LENGTH(1, 10000);
} AR_TABLE(comments)
  AR_BELONGS_TO_ANY(subject, subject_type, (tenant_id, subject_id), issue, project)
  AR_BELONGS_TO(author, (tenant_id, author_id), .target = person);

#endif
