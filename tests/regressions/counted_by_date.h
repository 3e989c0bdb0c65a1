/* Parents whose keys are dates and times, and which count their children. */
#ifndef COUNTED_BY_DATE_H
#define COUNTED_BY_DATE_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct day {
    struct ar_date date        AR_PRIMARY_KEY;
    int32_t        visit_count;
} AR_TABLE(days)
  AR_HAS_MANY(visits, on_day, day, .target = visit);

struct hour {
    struct ar_time_of_day begin       AR_PRIMARY_KEY;
    int32_t               visit_count;
} AR_TABLE(hours);

struct tick {
    struct timespec at          AR_PRIMARY_KEY;
    int32_t         visit_count;
} AR_TABLE(ticks);

struct visit {
    int64_t               id     AR_PRIMARY_KEY;
    struct ar_date        on_day;
    struct ar_time_of_day since;
    struct timespec       at;
} AR_TABLE(visits)
  AR_BELONGS_TO(day, on_day, visits, .counter = visit_count)
  AR_BELONGS_TO(hour, since, .counter = visit_count)
  AR_BELONGS_TO(tick, at, .counter = visit_count);

/* clang-format on */

#endif
