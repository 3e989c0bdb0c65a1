/* Columns of user SQL whose type does not fit the field. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    double rating;
    time_t created_at;
    struct ar_blob picture;
    bool is_active;
} AR_TABLE(users);

struct integer {
    int64_t value;
} AR_ROW
  AR_SQL(text_as_integer, (), "SELECT name AS value FROM users")
  AR_SQL(concatenated, (),
         "SELECT name"
         " || 'x' AS value FROM users")
  AR_SQL(real_as_integer, (), "SELECT avg(id) AS value FROM users GROUP BY name")
  AR_SQL(time_as_integer, (), "SELECT max(created_at) AS value FROM users GROUP BY name")
  AR_SQL(blob_as_integer, (), "SELECT picture AS value FROM users WHERE picture IS NOT NULL")
  AR_SQL(boolean_as_integer, (), "SELECT id > 1 AS value FROM users")
  AR_SQL(cast_to_integer, (), "SELECT CAST(name AS integer) AS value FROM users")
  AR_SQL(unknown, (), "SELECT round(rating) / 2 AS value FROM users");

struct text {
    const char *value;
} AR_ROW
  AR_SQL(integer_as_text, (), "SELECT count(*) AS value FROM users")
  AR_SQL(real_as_text, (), "SELECT rating AS value FROM users")
  AR_SQL(cast_to_text, (), "SELECT CAST(rating AS text) AS value FROM users")
  AR_SQL(compound, (), "SELECT id AS value FROM users UNION SELECT 1");

struct other {
    double real;
    time_t time;
    bool flag;
    struct ar_blob blob;
} AR_ROW
  AR_SQL(integers, (), "SELECT id AS real, id AS time, id AS flag, id AS blob FROM users")
  AR_SQL(texts, (), "SELECT name AS real, datetime('now') AS time, name AS flag, name AS blob FROM users")
  AR_SQL(fitting, (), "SELECT id AS real, created_at AS time, is_active AS flag, picture AS blob FROM users");

struct event {
    int64_t id AR_PRIMARY_KEY;
    time_t day AR_STORED_AS(text);
    struct timespec at;
    uint8_t token[16] AR_UUID AR_STORED_AS(text);
} AR_TABLE(events)
  AR_SQL(same_form,
         (time_t day AR_STORED_AS(text), struct timespec at, const uint8_t token[16] AR_UUID AR_STORED_AS(text)),
         "SELECT * FROM events WHERE day = :day AND at = :at AND token = :token")
  AR_SQL(other_form, (time_t day, time_t at, const uint8_t token[16] AR_UUID),
         "SELECT * FROM events"
         " WHERE day = :day AND at = :at AND token = :token")
  AR_SQL(date_as_form, (struct ar_date day), "SELECT * FROM events WHERE day = :day");

struct holiday {
    struct ar_date day AR_PRIMARY_KEY;
    uint8_t token[16] AR_UUID;
} AR_TABLE(holidays)
  AR_SQL(holidays_at, (struct ar_date day, const uint8_t token[16]),
         "SELECT * FROM holidays WHERE day = :day AND token = :token")
  AR_SQL(holidays_of_time, (time_t day AR_STORED_AS(date), const char *token),
         "SELECT * FROM holidays WHERE day = :day AND token = :token");

struct event_time {
    time_t day;
    time_t at;
} AR_ROW
  AR_SQL(seconds, (), "SELECT max(day) AS day, at FROM events GROUP BY at",
         .postgresql = "SELECT max(day) AS day, at FROM events GROUP BY at");

struct uuid {
    uint8_t value[16] AR_UUID;
} AR_ROW
  AR_SQL(text_as_uuid, (), "SELECT name AS value FROM users");

struct item {
    int64_t id AR_PRIMARY_KEY;
    int64_t price AR_DECIMAL(10, 2);
    int64_t took AR_INTERVAL;
} AR_TABLE(items)
  AR_SQL(items_at, (int64_t price AR_DECIMAL(10, 2), int64_t took AR_INTERVAL),
         "SELECT * FROM items WHERE price = :price AND took < :took")
  AR_SQL(items_at_cents, (int64_t price, int64_t took), "SELECT * FROM items WHERE price = :price AND took < :took");

struct holder {
    int64_t id AR_PRIMARY_KEY;
    uint8_t token[16] AR_UUID AR_STORED_AS(text);
    time_t zoned;
    time_t local AR_WITHOUT_ZONE;
    const char *code AR_DECIMAL(10, 2);
} AR_TABLE(holders)
  AR_SQL(holders_as_text, (const char *token, int64_t zoned, time_t local),
         "SELECT * FROM holders WHERE token = :token AND zoned = :zoned AND local = :local")
  AR_SQL(holders_of_each, (const char *token), "SELECT * FROM holders WHERE token = :token",
         .postgresql = "SELECT * FROM holders WHERE token = :token")
  AR_SQL(holders_of_day, (struct ar_date day), "SELECT * FROM holders WHERE date(local, 'unixepoch') > :day",
         .postgresql = "SELECT * FROM holders WHERE local > :day")
  AR_SQL(holders_of_zoned_day, (struct ar_date day), "SELECT * FROM holders WHERE date(zoned, 'unixepoch') > :day",
         .postgresql = "SELECT * FROM holders WHERE zoned > :day")
  AR_SQL(holders_of_code, (const char *code, double id), "SELECT * FROM holders WHERE code = :code AND id = :id");

struct sale {
    int64_t highest AR_DECIMAL(10, 2);
    int64_t lowest AR_DECIMAL(12, 3);
    int64_t middle;
} AR_ROW
  AR_SQL(sales, (), "SELECT max(price) AS highest, min(price) AS lowest, price AS middle FROM items GROUP BY price");
