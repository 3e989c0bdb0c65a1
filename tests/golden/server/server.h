/* User SQL that only a server can check: functions, operators and types of PostgreSQL. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

enum mood { GOOD, BAD };

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    time_t created_at;
    int64_t twice AR_GENERATED("id * 2");
} AR_TABLE(users)
  AR_SQL(rename_each, (const char *name), "UPDATE users SET name = :name")
  AR_SQL(change_generated, (), "UPDATE users SET name = ''", .postgresql = "UPDATE users SET twice = 1")
  AR_SQL(rename_all, (const char *name), "UPDATE users SET name = :name || upper(name)",
         .postgresql = "UPDATE users SET nmae = :name");

struct found {
    int64_t id;
    const char *name;
} AR_ROW
  AR_SQL(fitting, (time_t since, const int64_t ids[]),
         "SELECT id, name FROM users WHERE created_at > :since AND id IN (:ids)")
  AR_SQL(no_such_function, (int64_t id), "SELECT id, name FROM users WHERE id = abs(:id)",
         .postgresql = "SELECT id, name FROM users"
                       " WHERE name = 'größe' AND id = absolute(:id)")
  AR_SQL(no_such_operator, (const int64_t ids[], int32_t days, const char *name),
         "SELECT id, name FROM users WHERE id IN (:ids) AND id > :days AND name = :name",
         .postgresql = "SELECT id, name FROM users WHERE id IN (:ids)"
                       " AND created_at > now() - :days AND name = :name")
  AR_SQL(integer_as_text, (), "SELECT id, name FROM users",
         .postgresql = "SELECT id, cardinality(ARRAY[name]) AS name FROM users")
  AR_SQL(without_name, (), "SELECT id, name FROM users",
         .postgresql = "SELECT u.* FROM (SELECT id, upper(name) FROM users) AS u")
  AR_SQL(type_of_parameter, (const uint8_t token[16] AR_UUID), "SELECT id, name FROM users LIMIT :token")
  AR_SQL(grouped, (), "SELECT id, max(name) AS name FROM users GROUP BY name");

struct post {
    int64_t id AR_PRIMARY_KEY;
    double rating;
    enum mood mood AR_ENUM_TEXT;
} AR_TABLE(posts)
  AR_SQL(of_types, (double rating, enum mood mood AR_ENUM_TEXT), "SELECT * FROM posts WHERE rating > :rating AND mood = :mood")
  AR_SQL(of_unknown_type, (), "SELECT id, rating, mood FROM posts",
         .postgresql = "SELECT id, rating, to_json(mood) AS mood FROM posts");

struct nothing {
    int64_t id AR_NULLABLE;
} AR_ROW
  AR_SQL(null_of_any_type, (), "SELECT NULL AS id FROM users");

enum size { SMALL, LARGE };

struct parcel {
    int64_t     id      AR_PRIMARY_KEY;
    const char *options AR_JSON;
    const char *price   AR_DECIMAL(38, 2);
    const char *sender  AR_SQL_TYPE("inet");
    enum size   size    AR_ENUM_TYPE(parcel_size);
} AR_TABLE(parcels)
  AR_SQL(of_postgresql_types, (const char *options AR_JSON, const char *price AR_DECIMAL(38, 2), enum size size AR_ENUM_TYPE(parcel_size)),
         "UPDATE parcels SET options = :options WHERE price > :price AND size = :size")
  AR_SQL(lists_of_postgresql_types, (const char *const senders[] AR_SQL_TYPE("inet"), const char *const prices[] AR_DECIMAL(38, 2)),
         "DELETE FROM parcels WHERE sender IN (:senders) AND price NOT IN (:prices)")
  AR_SQL(of_no_type, (const char *sender), "DELETE FROM parcels WHERE :sender IS NULL");
