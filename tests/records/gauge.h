/* Models of assign.c: every kind of column, a parent that counts, and hooks. */
#ifndef GAUGE_H
#define GAUGE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct hall {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    int64_t     gauges_count;
} AR_TABLE(halls)
  AR_HAS_MANY(gauges, hall_id, hall, .target = gauge, .order = "views DESC");

struct gauge {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     hall_id    AR_NULLABLE;
    const char *name       AR_NOT_NULL AR_LENGTH(1, 8);
    char       *note;
    int64_t     views;
    int16_t     level      AR_RANGE(-5, 100);
    double      weight;
    int64_t     limit_     AR_COLUMN(most) AR_NULLABLE;
    int8_t      doubled    AR_GENERATED("level * 2");
    int32_t     version    AR_VERSION;
    time_t      updated_at AR_UPDATED_AT;
    time_t      deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(gauges)
  AR_BELONGS_TO(hall, hall_id, gauges, .counter = gauges_count);

struct plate {
    int64_t id AR_PRIMARY_KEY;
    int64_t gauge_id;
} AR_TABLE(plates)
  AR_BELONGS_TO(gauge, gauge_id);

/* The ranges are those of the types, or wider. */
struct knob {
    int64_t id   AR_PRIMARY_KEY;
    int8_t  turn AR_RANGE(-128, 127);
    float   heat AR_RANGE(-1e300, 1e300);
} AR_TABLE(knobs);

/* With hooks. */
struct dial {
    int64_t     id     AR_PRIMARY_KEY;
    const char *name;
    int64_t     turns;
} AR_TABLE(dials)
  AR_BEFORE_UPDATE(refuse_dial)
  AR_VALIDATE(check_dial)
  AR_AFTER_COMMIT(end_dial)
  AR_AFTER_ROLLBACK(end_dial);

#endif
