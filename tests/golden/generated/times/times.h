/* Columns and keys of dates, times of day and times in every form, and a join table with such keys. */
#ifndef TIMES_H
#define TIMES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <time.h>

struct play {
    struct ar_date day AR_PRIMARY_KEY;
    struct ar_time_of_day starts AR_PRIMARY_KEY;
    struct ar_date moved AR_NULLABLE AR_DEFAULT(CURRENT_TIMESTAMP);
    struct ar_time_of_day ends AR_NULLABLE_BY(has_end) AR_DEFAULT(CURRENT_TIMESTAMP);
    bool has_end;
    time_t sold AR_WITHOUT_ZONE AR_DEFAULT(CURRENT_TIMESTAMP) AR_NULLABLE;
    struct timespec seen AR_WITHOUT_ZONE AR_STORED_AS(iso) AR_DEFAULT(1500000000);
} AR_TABLE(plays)
  AR_MANY_TO_MANY(rehearsals, play_rehearsals, (day, starts), at, .target = rehearsal);

struct rehearsal {
    time_t at AR_PRIMARY_KEY AR_STORED_AS(iso) AR_WITHOUT_ZONE;
    struct timespec millis AR_STORED_AS(iso, 3) AR_DEFAULT(CURRENT_TIMESTAMP);
    struct timespec tenths AR_STORED_AS(iso, 1) AR_DEFAULT("'2024-05-01T12:00:00Z'");
    time_t seconds AR_STORED_AS(iso) AR_DEFAULT(5);
} AR_TABLE(rehearsals);

#endif
