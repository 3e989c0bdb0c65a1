/* Composite keys of a tenant and a UUID that the library makes. */
#ifndef KEYS_MARKS_H
#define KEYS_MARKS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct binder {
    int64_t     tenant_id AR_PRIMARY_KEY;
    uint8_t     id[16]    AR_PRIMARY_KEY AR_UUID AR_GENERATE_UUID(v7);
    const char *name;
    int64_t     sheets_count;
} AR_TABLE(binders)
  AR_HAS_MANY(sheets, (tenant_id, binder_id), binder, .target = sheet);

struct sheet {
    int64_t     tenant_id     AR_PRIMARY_KEY;
    uint8_t     id[16]        AR_PRIMARY_KEY AR_UUID AR_GENERATE_UUID(v7);
    uint8_t     binder_id[16] AR_UUID AR_NULLABLE;
    int32_t     number;
    const char *state         AR_DEFAULT("'new'");
} AR_TABLE(sheets)
  AR_BELONGS_TO(binder, (tenant_id, binder_id), sheets, .counter = sheets_count)
  AR_HAS_MANY(remarks, (tenant_id, sheet_id), sheet, .target = remark);

struct remark {
    int64_t     tenant_id    AR_PRIMARY_KEY;
    uint8_t     id[16]       AR_PRIMARY_KEY AR_UUID AR_GENERATE_UUID(v7);
    uint8_t     sheet_id[16] AR_UUID;
    const char *text;
} AR_TABLE(remarks)
  AR_BELONGS_TO(sheet, (tenant_id, sheet_id), remarks);

#endif
