/* A part of a composite key that the database numbers. */
#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct report {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t id        AR_PRIMARY_KEY AR_IDENTITY;
    const char *title AR_NOT_NULL;
} AR_TABLE(reports)
  AR_HAS_MANY(figures, (tenant_id, report_id), report, .target = figure);

struct figure {
    int32_t id        AR_PRIMARY_KEY AR_IDENTITY;
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t report_id;
} AR_TABLE(figures)
  AR_BELONGS_TO(report, (tenant_id, report_id), figures);
