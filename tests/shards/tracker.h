/* Projects and issues of several tenants, each in the tenant's shard, and plans that all tenants share. */
#ifndef SHARDS_TRACKER_H
#define SHARDS_TRACKER_H
#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct plan {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(plans)
  AR_REFERENCE_TABLE;

struct tenant {
    int64_t     id   AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *name AR_NOT_NULL;
    int64_t     plan_id;
} AR_TABLE(tenants)
  AR_BELONGS_TO(plan, plan_id)
  AR_HAS_MANY(projects, tenant_id, tenant, .dependent = destroy);

struct project {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *code      AR_UNIQUE;
    const char *name;
} AR_TABLE(projects)
  AR_BELONGS_TO(tenant, tenant_id, projects)
  AR_HAS_MANY(issues, (tenant_id, project_id), project, .dependent = nullify)
  AR_HAS_MANY_THROUGH(labels, issues, labels, .distinct = true);

struct issue {
    int64_t     tenant_id  AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     project_id AR_NULLABLE;
    int64_t     parent_id  AR_NULLABLE;
    const char *title      AR_NOT_NULL;
} AR_TABLE(issues)
  AR_BELONGS_TO(project, (tenant_id, project_id), issues)
  AR_BELONGS_TO(parent, (tenant_id, parent_id), children, .target = issue)
  AR_HAS_MANY(children, (tenant_id, parent_id), parent, .target = issue)
  AR_MANY_TO_MANY(labels, issue_labels, (tenant_id, issue_id), (tenant_id, label_id), issues);

struct label {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *name      AR_NOT_NULL;
} AR_TABLE(labels)
  AR_UNIQUE_KEY(tenant_id, name)
  AR_MANY_TO_MANY(issues, issue_labels, (tenant_id, label_id), (tenant_id, issue_id), labels);
#endif
