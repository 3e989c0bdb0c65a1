/* The models of the property test: every kind of relation between sharded models. */
#ifndef TRACKER_H
#define TRACKER_H
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct tenant {
    int64_t id AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(tenants) AR_HAS_MANY(projects, tenant_id, tenant);

struct project {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    int32_t issue_count;
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(projects) AR_UNIQUE_KEY(tenant_id, name) AR_BELONGS_TO(tenant, tenant_id, projects)
    AR_HAS_MANY(issues, (tenant_id, project_id), project, .dependent = destroy)
        AR_HAS_ONE(budget, (tenant_id, project_id), project, .dependent = delete)
            AR_HAS_MANY_THROUGH(comments, issues, comments);

struct budget {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t project_id AR_PRIMARY_KEY;
    int32_t points;
} AR_TABLE(budgets) AR_BELONGS_TO(project, (tenant_id, project_id), budget);

struct issue {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    int64_t project_id AR_NULLABLE;
    int64_t parent_id AR_NULLABLE;
    const char *title AR_NOT_NULL;
    int32_t points;
    int32_t version AR_VERSION;
} AR_TABLE(issues) AR_BELONGS_TO(project, (tenant_id, project_id), issues, .counter = issue_count,
                                 .touch = true) AR_BELONGS_TO(parent, (tenant_id, parent_id), children, .target = issue)
    AR_HAS_MANY(children, (tenant_id, parent_id), parent, .target = issue,
                .dependent = nullify) AR_HAS_MANY(comments, (tenant_id, issue_id), issue, .dependent = delete)
        AR_MANY_TO_MANY(labels, issue_labels, (tenant_id, issue_id), (tenant_id, label_id), issues)
            AR_SQL(issues_above, (int32_t points),
                   "SELECT * FROM issues WHERE tenant_id = :scope AND points >= :points ORDER BY id")
                AR_SQL(issue_numbered, (int64_t id), "SELECT * FROM issues WHERE tenant_id = :scope AND id = :id",
                       .one = true) AR_SQL(retitle_issues, (int64_t id, const char *title),
                                           "UPDATE issues SET title = :title WHERE tenant_id = :scope AND id >= :id")
                    AR_SQL(issues_of_all, (), "SELECT * FROM issues ORDER BY tenant_id, id",
                           .all_shards = "for a report") AR_SQL(clear_points, (), "UPDATE issues SET points = 0",
                                                                .all_shards = "for a reset")
                        AR_SQL(careless_issues, (), "SELECT * FROM issues WHERE tenant_id = :scope OR tenant_id > 0");

struct comment {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    int64_t issue_id;
    const char *text AR_NOT_NULL;
} AR_TABLE(comments) AR_BELONGS_TO(issue, (tenant_id, issue_id), comments);

struct label {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(labels) AR_UNIQUE_KEY(tenant_id, name)
    AR_MANY_TO_MANY(issues, issue_labels, (tenant_id, label_id), (tenant_id, issue_id), labels);

struct note {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *text AR_NOT_NULL;
    time_t deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(notes);

struct remark {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    int64_t note_id AR_NULLABLE;
    int64_t comment_id AR_NULLABLE;
    const char *text AR_NOT_NULL;
} AR_TABLE(remarks) AR_BELONGS_TO(note, (tenant_id, note_id)) AR_BELONGS_TO(comment, (tenant_id, comment_id))
    AR_BELONGS_TO_ONE_OF(subject, note, comment);

struct line {
    const char *line;
} AR_ROW;
#endif
