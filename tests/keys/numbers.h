/* Composite keys of a tenant and a number that the database makes. */
#ifndef KEYS_NUMBERS_H
#define KEYS_NUMBERS_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct tenant {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    int64_t     documents_count;
} AR_TABLE(tenants)
  AR_HAS_MANY(documents, tenant_id, tenant, .target = document, .order = "id");

struct document {
    int64_t     tenant_id  AR_PRIMARY_KEY;
    int64_t     id         AR_PRIMARY_KEY AR_IDENTITY;
    int64_t     previous_id AR_NULLABLE;
    const char *title      AR_NOT_NULL;
    int64_t     size       AR_NULLABLE AR_DEFAULT("7");
    time_t      created_at AR_CREATED_AT;
} AR_TABLE(documents)
  AR_BELONGS_TO(tenant, tenant_id, documents, .counter = documents_count)
  AR_BELONGS_TO(previous, (tenant_id, previous_id), .target = document)
  AR_HAS_MANY(pages, (tenant_id, document_id), document, .target = page, .order = "number")
  AR_UNIQUE_KEY(tenant_id, title);

/* The number comes first, and has 32 bits. */
struct page {
    int32_t     id          AR_PRIMARY_KEY AR_IDENTITY;
    int64_t     tenant_id   AR_PRIMARY_KEY;
    int64_t     document_id AR_NULLABLE;
    int32_t     number;
} AR_TABLE(pages)
  AR_BELONGS_TO(document, (tenant_id, document_id), pages);

/* Of a sharded table. */
struct memo {
    int64_t     tenant_id AR_SHARD_KEY AR_PRIMARY_KEY;
    int64_t     id        AR_PRIMARY_KEY AR_IDENTITY;
    int64_t     reads;
    const char *text;
} AR_TABLE(memos);

/* Nothing but the key. */
struct seat {
    const char *house AR_PRIMARY_KEY;
    int64_t     id    AR_PRIMARY_KEY AR_IDENTITY;
} AR_TABLE(seats);

/* Hooks that see the keys that the database has made. */
struct notice {
    int64_t     tenant_id AR_PRIMARY_KEY;
    int64_t     id        AR_PRIMARY_KEY AR_IDENTITY;
    const char *text;
} AR_TABLE(notices)
  AR_AFTER_COMMIT(end_notice);

struct badge {
    uint8_t     id[16] AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(database);
    const char *text;
} AR_TABLE(badges)
  AR_AFTER_COMMIT(end_badge);

#endif
