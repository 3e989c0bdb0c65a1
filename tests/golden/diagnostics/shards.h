/* Shard keys that keys, unique indexes and relations lack, and reference tables that cannot be one. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct country {
    int32_t id AR_PRIMARY_KEY;
    int64_t tenant_id;
} AR_TABLE(countries)
  AR_REFERENCE_TABLE
  AR_REFERENCE_TABLE
  AR_BELONGS_TO(tenant, tenant_id)
  AR_HAS_MANY(tenants, country_id)
  AR_MANY_TO_MANY(visitors, country_tenants, country_id, tenant_id, .target = tenant);

struct plain {
    int64_t id AR_PRIMARY_KEY;
    int64_t tenant_id;
} AR_TABLE(plains)
  AR_BELONGS_TO(tenant, tenant_id);

struct tenant {
    int64_t id         AR_PRIMARY_KEY AR_SHARD_KEY;
    int32_t country_id;
    int64_t plain_id;
} AR_TABLE(tenants)
  AR_BELONGS_TO(country, country_id)
  AR_BELONGS_TO(plain, plain_id)
  AR_HAS_MANY(plains, tenant_id)
  AR_HAS_MANY(projects, client_id)
  AR_MANY_TO_MANY(countries, country_tenants, tenant_id, country_id)
  AR_MANY_TO_MANY(plain_ones, plain_tenants, tenant_id, plain_id, .target = plain);

struct project {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     client_id;
    const char *code      AR_NOT_NULL;
    const char *name      AR_NOT_NULL;
    const char *slug      AR_UNIQUE;
} AR_TABLE(projects)
  AR_UNIQUE_KEY(name, code)
  AR_INDEX(projects_by_name, name, .unique = true)
  AR_INDEX(projects_by_lower_name, "lower(name)", .unique = true)
  AR_INDEX(projects_by_code, tenant_id, "lower(code)", .unique = true)
  AR_INDEX(projects_by_slug, tenant_id, slug, .unique = true)
  AR_BELONGS_TO(tenant, client_id)
  AR_HAS_MANY(issues, (id, tenant_id))
  AR_HAS_MANY(tasks, (tenant_id, project_id));

struct issue {
    int64_t     tenant_id  AR_SHARD_KEY;
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     parent_id  AR_NULLABLE;
    int64_t     project_id AR_NULLABLE;
    const char *slug       AR_NULLABLE;
} AR_TABLE(issues)
  AR_BELONGS_TO(parent, parent_id, .target = issue)
  AR_BELONGS_TO(project, (project_id, tenant_id))
  AR_BELONGS_TO(other, (tenant_id, project_id), .target = project, .on_delete = set_null)
  AR_BELONGS_TO(by_slug, slug, .target = project, .references = slug)
  AR_BELONGS_TO(same_slug, (tenant_id, slug), .target = project, .references = (tenant_id, slug))
  AR_MANY_TO_MANY(projects, issue_projects, issue_id, (tenant_id, project_id))
  AR_MANY_TO_MANY(labels, issue_labels, issue_id, (tenant_id, label_id));

struct label {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id        AR_PRIMARY_KEY;
} AR_TABLE(labels)
  AR_MANY_TO_MANY(others, label_others, (tenant_id, label_id), (tenant_id, other_id), .target = label)
  AR_MANY_TO_MANY(twins, label_twins, (tenant_id, label_id), (twin_tenant_id, twin_id), .target = label)
  AR_MANY_TO_MANY(doubles, label_doubles, (tenant_id, label_id), (tenant_id, label_id), .target = label);

struct task {
    int32_t tenant_id  AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id         AR_PRIMARY_KEY;
    int64_t project_id AR_SHARD_KEY;
} AR_TABLE(tasks)
  AR_BELONGS_TO(project, (tenant_id, project_id));

struct counted {
    int32_t     id     AR_PRIMARY_KEY AR_SHARD_KEY;
    const char *domain AR_UNIQUE;
} AR_TABLE(counted);

struct changing {
    int64_t tenant_id  AR_PRIMARY_KEY AR_SHARD_KEY AR_NULLABLE;
    int64_t id         AR_PRIMARY_KEY;
} AR_TABLE(changing)
  AR_REFERENCE_TABLE;

struct maintained {
    time_t updated_at AR_SHARD_KEY AR_UPDATED_AT;
    time_t deleted_at AR_NULLABLE AR_DELETED_AT;
    int32_t version AR_VERSION;
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(maintained);

struct measure {
    double tenant AR_SHARD_KEY;
    int64_t id    AR_PRIMARY_KEY;
} AR_TABLE(measures);

struct project_line {
    int64_t     tenant_id AR_PRIMARY_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *name      AR_NOT_NULL;
} AR_TABLE(projects, .read_only = true)
  AR_REFERENCE_TABLE;

struct project_code {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *code      AR_NOT_NULL AR_SHARD_KEY;
} AR_TABLE(projects, .read_only = true);

struct total {
    int64_t tenant_id AR_SHARD_KEY;
    double  total;
} AR_VIEW(totals)
  AR_REFERENCE_TABLE;

struct line {
    int64_t tenant_id AR_SHARD_KEY;
} AR_ROW
  AR_REFERENCE_TABLE;

/* Foreign keys that refer to unique fields, of which the shard key is not one, or has another place. */
struct chapter {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id        AR_PRIMARY_KEY;
    int64_t number;
    int64_t part;
} AR_TABLE(chapters)
  AR_UNIQUE_KEY(tenant_id, number)
  AR_UNIQUE_KEY(number, part);

struct page {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id        AR_PRIMARY_KEY;
    int64_t number;
    int64_t part;
} AR_TABLE(pages)
  AR_BELONGS_TO(chapter, (tenant_id, part), .references = (number, part))
  AR_BELONGS_TO(previous, (number, tenant_id), .target = chapter, .references = (tenant_id, number));

struct mark {
    int64_t     tenant_id AR_SHARD_KEY AR_UNIQUE;
    int64_t     id        AR_PRIMARY_KEY;
    const char *serial    AR_UNIQUE;
} AR_TABLE(marks);

struct opaque {
    void   *tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id        AR_PRIMARY_KEY;
    int64_t tenant    AR_NULLABLE;
} AR_TABLE(opaques)
  AR_BELONGS_TO(tenant, tenant_id)
  AR_BELONGS_TO(mark, (tenant_id, id), .references = (tenant_id, serial))
  AR_BELONGS_TO(few, tenant_id, .target = project);

struct of_opaque {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id        AR_PRIMARY_KEY;
    int64_t opaque_id;
} AR_TABLE(of_opaques)
  AR_BELONGS_TO(opaque, (tenant_id, opaque_id));

struct plain_view {
    int32_t id         AR_PRIMARY_KEY;
    int64_t tenant_id  AR_SHARD_KEY;
    int64_t plain_id;
    int32_t country_id;
} AR_VIEW(plain_views)
  AR_BELONGS_TO(plain, plain_id)
  AR_BELONGS_TO(country, country_id);

struct of_view {
    int64_t tenant_id  AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id         AR_PRIMARY_KEY;
    int64_t view_id;
    int64_t number;
    const char *about_type;
} AR_TABLE(of_views)
  AR_BELONGS_TO_ANY(about, about_type, number, plain, country)
  AR_BELONGS_TO(view, view_id, .target = plain_total)
  AR_BELONGS_TO(part, number, .target = chapter, .references = part)
  AR_BELONGS_TO(slug, number, .target = project, .references = code);

struct plain_total {
    int64_t id AR_PRIMARY_KEY;
} AR_VIEW(plain_totals);
