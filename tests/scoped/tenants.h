/* An issue tracker of several tenants: sharded tables, a reference table, a plain one, and views. */
#ifndef TENANTS_H
#define TENANTS_H
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct plan {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    int32_t tenants;
} AR_TABLE(plans) AR_REFERENCE_TABLE AR_SQL(plan_names, (), "SELECT * FROM plans ORDER BY id");

struct setting {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(settings);

struct tenant {
    int64_t id AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *name AR_NOT_NULL;
    int64_t plan_id AR_NULLABLE;
} AR_TABLE(tenants) AR_BELONGS_TO(plan, plan_id, .counter = tenants, .on_delete = cascade)
    AR_HAS_MANY(projects, tenant_id, tenant);

struct project {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    int32_t issue_count;
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(projects) AR_UNIQUE_KEY(tenant_id, name) AR_BELONGS_TO(tenant, tenant_id, projects)
    AR_HAS_MANY(issues, (tenant_id, project_id), project, .dependent = destroy)
        AR_HAS_MANY_THROUGH(comments, issues, comments);

struct issue {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    int64_t project_id;
    int64_t parent_id AR_NULLABLE;
    const char *title AR_NOT_NULL;
    int32_t points;
    int32_t version AR_VERSION;
} AR_TABLE(issues) AR_BELONGS_TO(project, (tenant_id, project_id), issues, .counter = issue_count,
                                 .touch = true) AR_BELONGS_TO(parent, (tenant_id, parent_id), children, .target = issue)
    AR_HAS_MANY(children, (tenant_id, parent_id), parent, .target = issue) AR_HAS_MANY(comments, (tenant_id, issue_id),
                                                                                       issue, .dependent = delete)
        AR_SQL(busy_issues, (int32_t points),
               "SELECT * FROM issues WHERE tenant_id = :scope AND points >= :points ORDER BY id")
            AR_SQL(raise_issues, (int32_t by), "UPDATE issues SET points = points + :by WHERE tenant_id = :scope")
                AR_SQL(careless_issues, (), "SELECT * FROM issues WHERE tenant_id = :scope OR points > 0 ORDER BY id")
                    AR_SQL(issues_of_all, (), "SELECT * FROM issues ORDER BY tenant_id, id",
                           .all_shards = "for the report");

struct comment {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    int64_t issue_id;
    const char *text AR_NOT_NULL;
} AR_TABLE(comments) AR_BELONGS_TO(issue, (tenant_id, issue_id), comments);

struct note {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *text AR_NOT_NULL;
    time_t deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(notes);

/* A model with hooks, see stories.c. */
struct task {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *text AR_NOT_NULL;
} AR_TABLE(tasks) AR_BEFORE_INSERT(task_before_insert);

struct document {
    const char *tenant AR_PRIMARY_KEY AR_SHARD_KEY AR_NOT_NULL;
    int64_t id AR_PRIMARY_KEY;
    const char *text AR_NOT_NULL;
} AR_TABLE(documents) AR_HAS_MANY(pages, (tenant, document_id), document);

struct page {
    const char *tenant AR_PRIMARY_KEY AR_SHARD_KEY AR_NOT_NULL;
    int64_t id AR_PRIMARY_KEY;
    int64_t document_id;
} AR_TABLE(pages) AR_BELONGS_TO(document, (tenant, document_id), pages);

struct asset {
    uint8_t tenant[16] AR_UUID AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *text AR_NOT_NULL;
} AR_TABLE(assets);

struct asset_text {
    uint8_t tenant[16] AR_UUID AR_STORED_AS(text) AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(asset_texts);

struct tenant_points {
    int64_t tenant_id AR_SHARD_KEY;
    int64_t points;
} AR_VIEW(tenant_points, "SELECT tenant_id, sum(points) AS points FROM issues GROUP BY tenant_id");

struct all_points {
    int64_t points;
} AR_VIEW(all_points, "SELECT sum(points) AS points FROM issues", .all_shards = "for the report");

struct project_sum {
    int64_t project_id;
    int64_t points;
} AR_ROW AR_SQL(project_sums, (),
                "SELECT project_id, sum(points) AS points FROM issues WHERE tenant_id = :scope GROUP BY project_id"
                " ORDER BY project_id");
#endif
