/* Dates and times: what their attributes require. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <time.h>

struct show {
    int64_t               id AR_PRIMARY_KEY;
    struct ar_date        day AR_STORED_AS(text);
    struct ar_date        moved AR_STORED_AS(date) AR_WITHOUT_ZONE;
    struct ar_time_of_day starts AR_NULLABLE;
    struct ar_time_of_day ends AR_CREATED_AT;
    time_t                sold_at AR_STORED_AS(unix);
    time_t                paid_at AR_STORED_AS(iso, 10);
    time_t                seen_at AR_STORED_AS(text, 3);
    const char           *noted_at AR_WITHOUT_ZONE;
    struct ar_date        worn AR_NULLABLE AR_UPDATED_AT;
} AR_TABLE(shows);

struct reading {
    time_t          at    AR_PRIMARY_KEY AR_STORED_AS(iso);
    struct timespec exact AR_UNIQUE AR_WITHOUT_ZONE;
} AR_TABLE(readings)
  AR_HAS_MANY(notes, at, reading)
  AR_HAS_MANY(precise_notes, exact, precise_reading, .references = exact, .target = note);

struct note {
    int64_t         id AR_PRIMARY_KEY;
    time_t          at AR_STORED_AS(iso, 3);
    struct timespec exact;
    struct ar_date  day;
} AR_TABLE(notes)
  AR_BELONGS_TO(reading, at, notes)
  AR_BELONGS_TO(precise_reading, exact, precise_notes, .references = exact, .target = reading)
  AR_BELONGS_TO(other, day, .target = reading);
