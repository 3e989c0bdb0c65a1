/* Times in every form: as columns, and as parts of keys and foreign keys. */
#ifndef VALUES_JOURNAL_H
#define VALUES_JOURNAL_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* One key of all forms. */
struct moment {
    time_t          number     AR_PRIMARY_KEY;
    time_t          text       AR_PRIMARY_KEY AR_STORED_AS(text);
    time_t          iso        AR_PRIMARY_KEY AR_STORED_AS(iso);
    struct timespec exact      AR_PRIMARY_KEY;
    struct timespec exact_text AR_PRIMARY_KEY AR_STORED_AS(text);
    struct timespec exact_iso  AR_PRIMARY_KEY AR_STORED_AS(iso);
    time_t          local      AR_PRIMARY_KEY AR_WITHOUT_ZONE;
    struct timespec local_iso  AR_PRIMARY_KEY AR_WITHOUT_ZONE AR_STORED_AS(iso, 3);
    const char     *name;
} AR_TABLE(moments)
  AR_HAS_MANY(remarks, (number, text, iso, exact, exact_text, exact_iso, local, local_iso), moment);

struct remark {
    int64_t         id         AR_PRIMARY_KEY;
    time_t          number;
    time_t          text       AR_STORED_AS(text);
    time_t          iso        AR_STORED_AS(iso);
    struct timespec exact;
    struct timespec exact_text AR_STORED_AS(text);
    struct timespec exact_iso  AR_STORED_AS(iso);
    time_t          local      AR_WITHOUT_ZONE;
    struct timespec local_iso  AR_WITHOUT_ZONE AR_STORED_AS(iso, 3);
    const char     *body;
} AR_TABLE(remarks)
  AR_BELONGS_TO(moment, (number, text, iso, exact, exact_text, exact_iso, local, local_iso), remarks);

/* A key of one time, as another program writes it. */
struct reading {
    struct timespec at AR_PRIMARY_KEY AR_STORED_AS(iso, 3);
    double          degrees;
} AR_TABLE(readings)
  AR_HAS_MANY(alarms, at, reading);

struct alarm {
    int64_t         id AR_PRIMARY_KEY;
    struct timespec at AR_STORED_AS(iso, 3) AR_NULLABLE;
    const char     *text;
} AR_TABLE(alarms)
  AR_BELONGS_TO(reading, at, alarms);

/* Times that are no key. */
struct entry {
    int64_t         id         AR_PRIMARY_KEY;
    time_t          local      AR_WITHOUT_ZONE;
    struct timespec exact      AR_WITHOUT_ZONE AR_DEFAULT(CURRENT_TIMESTAMP) AR_NULLABLE;
    time_t          with_zone  AR_NULLABLE;
    struct timespec millis     AR_STORED_AS(iso, 3) AR_DEFAULT(CURRENT_TIMESTAMP) AR_NULLABLE;
    time_t          seconds    AR_STORED_AS(iso) AR_DEFAULT(5) AR_NULLABLE;
    struct timespec tenths     AR_STORED_AS(iso, 1) AR_DEFAULT(CURRENT_TIMESTAMP) AR_NULLABLE;
    struct timespec created_at AR_STORED_AS(iso, 3) AR_CREATED_AT;
    struct timespec updated_at AR_STORED_AS(iso) AR_UPDATED_AT AR_WITHOUT_ZONE;
    time_t          deleted_at AR_STORED_AS(iso) AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(entries);

/* A view that the test creates: what the database has. */
struct shown_entry {
    int64_t     id AR_PRIMARY_KEY;
    const char *local;
    const char *exact;
    const char *millis;
    const char *seconds;
    const char *created_at;
    const char *updated_at;
} AR_TABLE(shown_entries);

/* clang-format on */

#endif
