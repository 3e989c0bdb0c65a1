/* An issue tracker of several tenants: every key and relation has the tenant. */
#ifndef CITUS_TRACKER_H
#define CITUS_TRACKER_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct project {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    int64_t issue_count;
} AR_TABLE(projects)
  AR_HAS_MANY(issues, (tenant_id, project_id), project, .target = issue, .dependent = destroy)
  AR_HAS_ONE(first_issue, (tenant_id, project_id), .target = issue, .order = "id");

struct issue {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    int64_t project_id;
    int64_t parent_id AR_NULLABLE;
    const char *title AR_NOT_NULL;
    int64_t points AR_CHECK("points >= 0", .name = points_are_positive);
} AR_TABLE(issues)
  AR_BELONGS_TO(project, (tenant_id, project_id), issues, .counter = issue_count)
  AR_BELONGS_TO(parent, (tenant_id, parent_id), children, .target = issue)
  AR_HAS_MANY(children, (tenant_id, parent_id), parent, .target = issue)
  AR_HAS_MANY(issue_labels, (tenant_id, issue_id), issue, .target = issue_label)
  AR_HAS_MANY_THROUGH(labels, issue_labels, label);

struct issue_label {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t issue_id AR_PRIMARY_KEY;
    int64_t label_id AR_PRIMARY_KEY;
} AR_TABLE(issue_labels)
  AR_BELONGS_TO(issue, (tenant_id, issue_id), issue_labels)
  AR_BELONGS_TO(label, (tenant_id, label_id), issue_labels);

struct label {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(labels)
  AR_UNIQUE_KEY(tenant_id, name)
  AR_HAS_MANY(issue_labels, (tenant_id, label_id), label, .target = issue_label);

#endif
