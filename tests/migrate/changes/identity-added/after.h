/* The database numbers the rows: SQLite by another primary key. */
#include <armature/annotations.h>
#include <stdint.h>

struct report {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY AR_IDENTITY;
    const char *title;
} AR_TABLE(reports);

struct figure {
    int64_t id AR_PRIMARY_KEY;
    int64_t tenant_id;
    int64_t report_id;
} AR_TABLE(figures) AR_BELONGS_TO(report, (tenant_id, report_id), .target = report);
