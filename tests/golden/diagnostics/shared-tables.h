/* Several structs of one table: columns that differ, keys that differ, and what the smaller one must not lack. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct full {
    int64_t id AR_PRIMARY_KEY;
    int32_t amount;
    const char *name AR_NOT_NULL;
    time_t updated_at AR_UPDATED_AT;
    int32_t version AR_VERSION;
    int64_t owner_id AR_NULLABLE;
    double weight;
} AR_TABLE(things);

struct line {
    int64_t id AR_PRIMARY_KEY;
    int64_t amount;
    const char *name;
    const char *color;
    union {
        int64_t size;
    };
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(things);

struct other_key {
    int64_t owner_id AR_PRIMARY_KEY;
} AR_TABLE(things, .read_only = true);

struct right {
    int64_t id AR_PRIMARY_KEY;
    time_t updated_at AR_UPDATED_AT;
    int32_t version AR_VERSION;
} AR_TABLE(things);

struct read {
    int64_t id AR_PRIMARY_KEY;
    char name[20] AR_NOT_NULL;
} AR_TABLE(things, .read_only = true);

struct view {
    int64_t id;
} AR_VIEW(things);

/* What only the main struct has, and shards. */
struct tenant {
    int64_t id AR_PRIMARY_KEY AR_SHARD_KEY;
} AR_TABLE(tenants);

struct document {
    int64_t tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id AR_PRIMARY_KEY;
    int64_t folder_id AR_NULLABLE;
    int64_t pages AR_DEFAULT("1");
    void *cover;
} AR_TABLE(documents)
  AR_BELONGS_TO(tenant, tenant_id);

struct other_shards {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t cover;
} AR_TABLE(documents)
  AR_INDEX(documents_by_id, id)
  AR_CHECK("id > 0")
  AR_REFERENCE_TABLE;

struct without_key {
    int64_t tenant_id AR_SHARD_KEY;
} AR_TABLE(documents);

struct document_view {
    int64_t id;
} AR_VIEW(documents, "SELECT 1 AS id");

struct number_view {
    int64_t id AR_PRIMARY_KEY;
} AR_VIEW(numbers, "SELECT 1 AS id");

struct number {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(numbers);

struct document_line {
    int64_t tenant_id AR_SHARD_KEY;
    const char *pages;
    void *cover;
} AR_TABLE(documents, .read_only = true);
