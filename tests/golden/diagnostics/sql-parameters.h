/* Parameters of user SQL that are not declared, not used, or of another type. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    double rating;
    time_t created_at;
} AR_TABLE(users)
  AR_SQL(rename_user, (int64_t id, int64_t name), "UPDATE users SET name = :name WHERE id = :id")
  AR_SQL(add_all, (const char *rating),
         "INSERT INTO users VALUES (1, 'a', :rating, 0)")
  AR_SQL(add_user, (const char *id, const char *name),
         "INSERT INTO users (id, name, rating, created_at)"
         " VALUES (:id, :name, 0, 0)");

struct found {
    int64_t id;
} AR_ROW
  AR_SQL(unknown, (int64_t at_least), "SELECT id FROM users WHERE rating > :atleast AND id > :at_least")
  AR_SQL(undeclared, (), "SELECT id FROM users WHERE name = :who")
  AR_SQL(unused, (int64_t a, int64_t b), "SELECT id FROM users WHERE id = :a")
  AR_SQL(unused_there, (int64_t a, int64_t b), "SELECT id FROM users WHERE id IN (:a, :b)",
         .postgresql = "SELECT id FROM users WHERE id = :a AND id > :c")
  AR_SQL(slice_of_sqlite, (), "SELECT id FROM users WHERE id = :2")
  AR_SQL(list_alone, (const int64_t ids[]), "SELECT id FROM users WHERE id = :ids")
  AR_SQL(list_with_others, (const int64_t ids[]),
         "SELECT id FROM users"
         " WHERE id IN (:ids, 3) OR id NOT IN (:ids)")
  AR_SQL(text_as_number, (const char *id), "SELECT id FROM users WHERE id = :id")
  AR_SQL(list_of_texts, (const char *ids[]), "SELECT id FROM users WHERE id IN (:ids)")
  AR_SQL(number_as_time, (int64_t since), "SELECT id FROM users WHERE created_at >= :since")
  AR_SQL(number_as_text, (int64_t name), "SELECT id FROM users WHERE name LIKE :name")
  AR_SQL(text_as_limit, (const char *at_most), "SELECT id FROM users LIMIT :at_most")
  AR_SQL(as_declared, (time_t since, const char *name, const int64_t ids[], int32_t id, double rating),
         "SELECT id FROM users WHERE created_at >= :since AND name = :name AND id IN (:ids) AND id NOT IN (:id)"
         " AND rating > :rating AND :rating > 1 AND :id = :id");

/* SQLite expects no value for the generated column. */
struct line {
    int64_t id AR_PRIMARY_KEY;
    int64_t quantity;
    int64_t twice AR_GENERATED("quantity * 2");
    const char *note;
} AR_TABLE(lines)
  AR_SQL(add_line, (const char *note), "INSERT INTO lines VALUES (1, 2, :note)");
