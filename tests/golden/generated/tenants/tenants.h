/* Models of many tenants: a table that every server has, and tables that are distributed by the tenant. */
#ifndef TENANTS_H
#define TENANTS_H
#include <armature/annotations.h>
#include <stdint.h>

struct plan {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(plans)
  AR_REFERENCE_TABLE;

struct tenant {
    int64_t     id      AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *name    AR_NOT_NULL;
    int64_t     plan_id;
} AR_TABLE(tenants)
  AR_BELONGS_TO(plan, plan_id)
  AR_HAS_MANY(projects, tenant_id, tenant);

struct project {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *name      AR_NOT_NULL;
} AR_TABLE(projects)
  AR_UNIQUE_KEY(tenant_id, name)
  AR_BELONGS_TO(tenant, tenant_id, projects)
  AR_HAS_MANY(issues, (tenant_id, project_id), project);

struct issue {
    int64_t     tenant_id  AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     project_id;
    const char *title      AR_NOT_NULL;
} AR_TABLE(issues)
  AR_BELONGS_TO(project, (tenant_id, project_id), issues);
#endif
