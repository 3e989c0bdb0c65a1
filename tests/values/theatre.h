/* A theatre: days that are found by their date, and shows by their date, time of day and hall. */
#ifndef VALUES_THEATRE_H
#define VALUES_THEATRE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */

struct play_day {
    struct ar_date        day     AR_PRIMARY_KEY;
    struct ar_date        replaces AR_NULLABLE;
    const char           *motto;
} AR_TABLE(play_days)
  AR_BELONGS_TO(replaced, replaces, replacements, .target = play_day)
  AR_HAS_MANY(replacements, replaces, replaced, .target = play_day)
  AR_HAS_MANY(shows, day, play_day, .dependent = destroy)
  AR_MANY_TO_MANY(actors, actor_days, day, actor_id, play_days);

struct show {
    struct ar_date        day    AR_PRIMARY_KEY;
    struct ar_time_of_day starts AR_PRIMARY_KEY;
    int32_t               hall   AR_PRIMARY_KEY;
    struct ar_time_of_day ends   AR_NULLABLE_BY(has_end);
    bool                  has_end;
    const char           *title;
} AR_TABLE(shows)
  AR_BELONGS_TO(play_day, day, shows)
  AR_HAS_MANY(seats, (day, starts, hall), show, .dependent = delete);

struct seat {
    int64_t               id AR_PRIMARY_KEY;
    struct ar_date        day;
    struct ar_time_of_day starts;
    int32_t               hall;
    int64_t               price;
} AR_TABLE(seats)
  AR_BELONGS_TO(show, (day, starts, hall), seats);

struct actor {
    int64_t               id   AR_PRIMARY_KEY;
    struct ar_date        born AR_UNIQUE AR_STORED_AS(date);
    struct ar_time_of_day rises;
    struct ar_date        joined AR_NULLABLE AR_DEFAULT(CURRENT_TIMESTAMP);
    const char           *name;
} AR_TABLE(actors)
  AR_MANY_TO_MANY(play_days, actor_days, actor_id, day, actors);

/* A view that the test creates: dates and times as the database writes them. */
struct shown_actor {
    int64_t     id AR_PRIMARY_KEY;
    const char *born;
    const char *rises;
} AR_TABLE(shown_actors);

/* clang-format on */

#endif
