/* Models of many tenants: a table that every server has, and tables that are distributed by the tenant. */
#ifndef TENANTS_H
#define TENANTS_H
#include <armature/annotations.h>
#include <stdint.h>

struct plan {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(plans)
  AR_REFERENCE_TABLE
  AR_MANY_TO_MANY(features, plan_features, plan_id, feature_id, plans);

struct feature {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(features)
  AR_REFERENCE_TABLE
  AR_MANY_TO_MANY(plans, plan_features, feature_id, plan_id, features);

struct tenant_name {
    int64_t     id   AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(tenants, .read_only = true);

struct tenant {
    int64_t     id      AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *name    AR_NOT_NULL;
    int64_t     plan_id;
} AR_TABLE(tenants)
  AR_BELONGS_TO(plan, plan_id)
  AR_HAS_MANY(projects, tenant_id, tenant)
  AR_MANY_TO_MANY(features, tenant_features, tenant_id, feature_id);

struct project {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *name      AR_NOT_NULL AR_UNIQUE;
    const char *code      AR_NOT_NULL;
} AR_TABLE(projects)
  AR_INDEX(projects_by_code, tenant_id, "lower(code)", .unique = true)
  AR_BELONGS_TO(tenant, tenant_id, projects)
  AR_HAS_MANY(issues, (tenant_id, project_id), project, .dependent = nullify)
  AR_HAS_MANY_THROUGH(labels, issues, labels, .distinct = true);

struct issue {
    int64_t     tenant_id  AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     project_id AR_NULLABLE;
    const char *title      AR_NOT_NULL;
} AR_TABLE(issues)
  AR_BELONGS_TO(project, (tenant_id, project_id), issues)
  AR_MANY_TO_MANY(labels, issue_labels, (tenant_id, issue_id), (tenant_id, label_id), issues)
  AR_MANY_TO_MANY(related, related_issues, (tenant_id, issue_id), (tenant_id, related_id), related_to, .target = issue)
  AR_MANY_TO_MANY(related_to, related_issues, (tenant_id, related_id), (tenant_id, issue_id), related, .target = issue);

struct label {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *name      AR_NOT_NULL;
} AR_TABLE(labels)
  AR_UNIQUE_KEY(tenant_id, name)
  AR_MANY_TO_MANY(issues, issue_labels, (tenant_id, label_id), (tenant_id, issue_id), labels);

/* A part of a table, and a view: their rows are in shards, too. */
struct issue_title {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *title     AR_NOT_NULL;
} AR_TABLE(issues, .read_only = true);

struct project_size {
    int64_t tenant_id  AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t project_id AR_PRIMARY_KEY;
    int64_t issues;
} AR_VIEW(project_sizes, "SELECT tenant_id, project_id, count(*) AS issues FROM issues WHERE project_id IS NOT NULL"
                         " GROUP BY tenant_id, project_id")
  AR_BELONGS_TO(project, (tenant_id, project_id));
#endif
