/* User SQL with dates and times: parameters and fields that SQLite or PostgreSQL would not compare with the columns. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <time.h>

struct show {
    struct ar_date        day    AR_PRIMARY_KEY;
    struct ar_time_of_day starts AR_PRIMARY_KEY;
    time_t                sold   AR_STORED_AS(iso);
    struct timespec       seen   AR_STORED_AS(iso, 3);
    time_t                paid   AR_WITHOUT_ZONE;
} AR_TABLE(shows)
  AR_SQL(fitting,
         (struct ar_date day, const struct ar_time_of_day hours[], time_t sold AR_STORED_AS(iso),
          struct timespec seen AR_STORED_AS(iso, 3), time_t paid AR_WITHOUT_ZONE),
         "SELECT * FROM shows WHERE day = :day AND starts IN (:hours)"
         " AND sold >= :sold AND seen = :seen AND paid < :paid")
  AR_SQL(other_types, (time_t day, struct ar_date starts), "SELECT * FROM shows WHERE day = :day AND starts = :starts")
  AR_SQL(a_number, (int64_t day), "SELECT * FROM shows WHERE day = :day")
  AR_SQL(other_forms, (time_t sold, struct timespec seen AR_STORED_AS(iso)),
         "SELECT * FROM shows WHERE sold = :sold AND seen = :seen")
  AR_SQL(other_zone, (time_t paid), "SELECT * FROM shows WHERE paid = :paid");

struct last_show {
    struct ar_date        day    AR_NULLABLE;
    struct ar_time_of_day starts AR_NULLABLE_BY(has_start);
    bool                  has_start;
} AR_ROW
  AR_SQL(fitting_row, (), "SELECT max(day) AS day, max(starts) AS starts FROM shows")
  AR_SQL(swapped, (), "SELECT max(starts) AS day, max(day) AS starts FROM shows")
  AR_SQL(numbers, (), "SELECT count(*) AS day, 12.5 AS starts FROM shows");
