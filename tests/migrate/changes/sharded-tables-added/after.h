/* A sharded table and a reference table are added, which Citus distributes. */
#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct plan {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(plans)
  AR_REFERENCE_TABLE;

struct tenant {
    int64_t     id      AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *name    AR_NOT_NULL;
    int64_t     plan_id AR_NULLABLE;
} AR_TABLE(tenants)
  AR_BELONGS_TO(plan, plan_id);

struct project {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *name      AR_NOT_NULL;
} AR_TABLE(projects)
  AR_BELONGS_TO(tenant, tenant_id);
