/* Columns of user SQL that can be NULL, for fields that are not nullable. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    const char *email;
    int64_t age AR_NULLABLE;
    int64_t score;
} AR_TABLE(users);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    int64_t editor_id AR_NULLABLE;
} AR_TABLE(posts) AR_BELONGS_TO(user, user_id) AR_BELONGS_TO(editor, editor_id, .target = user);

struct number {
    int64_t n;
} AR_ROW
  AR_SQL(nullable_column, (), "SELECT age AS n FROM users")
  AR_SQL(not_excluded, (), "SELECT age AS n FROM users WHERE score > 1 AND age IS NULL")
  AR_SQL(excluded, (), "SELECT age AS n FROM users WHERE age > 1")
  AR_SQL(outer_join, (),
         "SELECT posts.id AS n"
         "  FROM users LEFT JOIN posts ON posts.user_id = users.id")
  AR_SQL(outer_join_with_condition, (),
         "SELECT posts.id AS n FROM users LEFT JOIN posts ON posts.user_id = users.id WHERE posts.id > 1")
  AR_SQL(outer_join_by_nullable_key, (),
         "SELECT users.id AS n FROM posts LEFT JOIN users ON users.id = posts.editor_id")
  AR_SQL(outer_join_by_key, (), "SELECT users.id AS n FROM posts LEFT JOIN users ON users.id = posts.user_id")
  AR_SQL(of_no_rows, (), "SELECT sum(score) AS n FROM users")
  AR_SQL(of_groups, (), "SELECT sum(score) AS n FROM users GROUP BY email")
  AR_SQL(of_nullable_groups, (), "SELECT max(age) AS n FROM users GROUP BY email")
  AR_SQL(filtered, (), "SELECT sum(score) FILTER (WHERE score > 1) AS n FROM users GROUP BY email")
  AR_SQL(without_else, (), "SELECT CASE WHEN score > 1 THEN 1 END AS n FROM users")
  AR_SQL(null_if, (), "SELECT nullif(score, 0) AS n FROM users")
  AR_SQL(arithmetic, (), "SELECT score + age AS n FROM users")
  AR_SQL(scalar, (), "SELECT (SELECT id FROM posts WHERE user_id = users.id) AS n FROM users")
  AR_SQL(scalar_count, (), "SELECT (SELECT count(*) FROM posts WHERE user_id = users.id) AS n FROM users")
  AR_SQL(derived, (), "SELECT t.n FROM (SELECT age AS n FROM users) AS t")
  AR_SQL(common, (),
         "WITH t (n, m) AS (SELECT age, score FROM users)"
         " SELECT n FROM t WHERE m > 1")
  AR_SQL(recursive, (), "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT NULL FROM t) SELECT n FROM t")
  AR_SQL(compound, (), "SELECT score AS n FROM users UNION ALL SELECT age FROM users")
  AR_SQL(window, (), "SELECT lag(score) OVER (ORDER BY id) AS n FROM users")
  AR_SQL(window_with_default, (), "SELECT lag(score, 1, 0) OVER (ORDER BY id) AS n FROM users")
  AR_SQL(returned, (), "UPDATE users SET age = NULL RETURNING age AS n")
  AR_SQL(parameter, (int64_t given AR_NULLABLE), "SELECT :given AS n")
  AR_SQL(replaced, (), "SELECT coalesce(age, 0) AS n FROM users")
  AR_SQL(replaced_by_null, (), "SELECT coalesce(age, editor_id) AS n FROM users JOIN posts ON user_id = users.id");

struct label {
    const char *label AR_NOT_NULL;
    bool is_old;
} AR_ROW
  AR_SQL(nullable_text, (), "SELECT email AS label, age > 60 AS is_old FROM users")
  AR_SQL(text, (), "SELECT name AS label, coalesce(age > 60, 0) AS is_old FROM users")
  AR_SQL(only_postgresql, (), "SELECT name AS label, 1 AS is_old FROM users",
         .postgresql = "SELECT email AS label, true AS is_old FROM users");
