/* Days and their hours: keys of dates, times of day and times. */
#ifndef FAULT_CALENDAR_H
#define FAULT_CALENDAR_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct holiday {
    struct ar_date day     AR_PRIMARY_KEY;
    time_t         made_at AR_STORED_AS(iso) AR_WITHOUT_ZONE AR_UNIQUE;
    const char    *name;
} AR_TABLE(holidays)
  AR_HAS_MANY(openings, day, holiday);

struct opening {
    struct ar_date        day    AR_PRIMARY_KEY;
    struct ar_time_of_day opens  AR_PRIMARY_KEY;
    struct timespec       seen   AR_STORED_AS(iso, 3);
} AR_TABLE(openings)
  AR_BELONGS_TO(holiday, day, openings);

/* clang-format on */

#endif
