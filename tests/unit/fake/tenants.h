/* Sharded tables and a reference table, with join tables, for tests on the fake driver. */
#ifndef FAKE_TENANTS_H
#define FAKE_TENANTS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct tenant {
    int64_t id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t plan_id;
} AR_TABLE(tenants)
  AR_BELONGS_TO(plan, plan_id);

struct plan {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(plans)
  AR_REFERENCE_TABLE;

struct issue {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(issues)
  AR_BELONGS_TO(tenant, tenant_id)
  AR_MANY_TO_MANY(duplicates, duplicates, (tenant_id, issue_id), (tenant_id, duplicate_id), .target = issue);

#endif
