/* Columns of user SQL that do not fit the fields by name. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    int64_t age;
} AR_TABLE(users)
  AR_SQL(all_columns, (), "SELECT users.* FROM users")
  AR_SQL(some_columns, (), "SELECT id, name FROM users")
  AR_SQL(more_columns, (), "SELECT users.*, age + 1 AS next_age FROM users")
  AR_SQL(returned, (), "DELETE FROM users WHERE id = 1 RETURNING id, age");

struct person {
    int64_t id;
    const char *name;
    int64_t doubled AR_COLUMN("twice the age");
} AR_ROW
  AR_SQL(in_any_order, (), "SELECT age * 2 AS \"twice the age\", name, id FROM users")
  AR_SQL(missing, (), "SELECT id, name FROM users")
  AR_SQL(too_many, (),
         "SELECT id, name, age,"
         " 2 * age AS \"twice the age\" FROM users")
  AR_SQL(misnamed, (), "SELECT id, name AS nmae, age AS \"twice the age\" FROM users")
  AR_SQL(without_name, (), "SELECT id, name, 2 * age FROM users")
  AR_SQL(two_without_name, (), "SELECT id, lower(name), 2 * age FROM users")
  AR_SQL(twice, (), "SELECT id, id, name, 2 * age AS \"twice the age\" FROM users")
  AR_SQL(star, (), "SELECT * FROM users")
  AR_SQL(in_compound, (), "SELECT id, name, 1 FROM users UNION SELECT 1, 'x', 2")
  AR_SQL(in_with, (), "WITH t AS (SELECT id, name FROM users) SELECT t.* FROM t")
  AR_SQL(unknown_there, (), "SELECT id, name, age AS \"twice the age\" FROM users",
         .postgresql = "SELECT * FROM jsonb_to_recordset('[]') AS users (id bigint, name text, \"twice the age\" bigint)")
  AR_SQL(only_there, (), "SELECT id, name, age AS \"twice the age\" FROM users",
         .postgresql = "SELECT id, name, age AS twice FROM users");

struct changed {
    int64_t id;
    const char *name;
} AR_ROW
  AR_SQL(inserted, (), "INSERT INTO users (name, age) VALUES ('a', 1) RETURNING id");

struct labelled {
    const char *label;
} AR_ROW
  AR_SQL(string, (), "SELECT name 'label' FROM users")
  AR_SQL(string_after_as, (), "SELECT lower(name) AS 'the \"label' FROM users")
  AR_SQL(string_within, (), "SELECT label FROM (SELECT name, name 'label' FROM users) AS named")
  AR_SQL(string_of_sqlite, (), "SELECT name 'label' FROM users", .postgresql = "SELECT name AS label FROM users")
  AR_SQL(no_string, (), "SELECT name AS label FROM users WHERE name LIKE 'a!%' ESCAPE '!' AND name || 'b' <> 'c'");
