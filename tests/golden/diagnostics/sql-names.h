/* Names and syntax of user SQL that SQLite refuses: the place within the literals, and the name that was meant. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username AR_COLUMN(login);
    int64_t age AR_NULLABLE;
    int cached AR_TRANSIENT;
} AR_TABLE(users);

struct comment {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    time_t created_at;
} AR_TABLE(comments)
  AR_BELONGS_TO(user, user_id)
  AR_MANY_TO_MANY(readers, comment_readers, comment_id, reader_id, .target = user);

struct commenter {
    int64_t id;
    int64_t comments;
} AR_ROW
  AR_SQL(wrong_table, (), "SELECT id, 1 AS comments FROM user")
  AR_SQL(unknown_table, (),
         "SELECT id, 1 AS comments"
         "  FROM warehouses")
  AR_SQL(wrong_column, (),
         "SELECT users.id, count(*) AS comments"
         "  FROM users JOIN comments ON comments.user_ids = users.id"
         " GROUP BY users.id")
  AR_SQL(name_of_field, (), "SELECT id, 1 AS comments FROM users"
         " ORDER BY username")
  AR_SQL(wrong_alias, (), "SELECT us.id, 1 AS comments FROM users AS u")
  AR_SQL(in_subquery, (), "SELECT id, (SELECT count(*) FROM comments WHERE createdat > 0) AS comments FROM users")
  AR_SQL(ambiguous, (), "SELECT id, 1 AS comments FROM users, comments")
  AR_SQL(wrong_function, (), "SELECT id, cuont(*) AS comments FROM users GROUP BY id")
  AR_SQL(function_of_postgresql, (), "SELECT id, 1 AS comments FROM users WHERE NOW() > CURRENT_TIMESTAMP")
  AR_SQL(syntax, (),
         "SELECT id, 1 AS comments "
         "FORM users WHERE id > 1")
  AR_SQL(escapes, (), "SELECT\tid,\n\"age\" AS comments, 'it''s' FROM \"userz\"")
  AR_SQL(incomplete, (), "SELECT id, 1 AS comments FROM users WHERE")
  AR_SQL(arguments, (), "SELECT id, lower() AS comments FROM users")
  AR_SQL(aggregate, (), "SELECT id, 1 AS comments FROM users WHERE count(*) > 1")
  AR_SQL(compound, (), "SELECT id, 1 AS comments FROM users UNION SELECT id FROM comments")
  AR_SQL(comment_in_it, (), "SELECT id, 1 AS comments FROM users -- all of them")
  AR_SQL(two, (), "SELECT id, 1 AS comments FROM users; DELETE FROM users")
  AR_SQL(quote, (), "SELECT id, 1 AS comments FROM users WHERE login = 'me")
  AR_SQL(double_quotes, (), "SELECT id, 1 AS comments FROM users WHERE login = \"me\"")
  AR_SQL(parenthesis, (), "SELECT id, 1 AS comments FROM users WHERE (id = 1")
  AR_SQL(wrong_table_name, (), "SELECT user.id, 1 AS comments FROM users")
  AR_SQL(with_schema, (), "SELECT main.users.logim AS id, 1 AS comments FROM users")
  AR_SQL(in_common_table, (), "WITH t AS (SELECT creatd_at FROM comments) SELECT 1 AS id, 1 AS comments FROM t")
  AR_SQL(in_from, (), "SELECT id, 1 AS comments FROM (SELECT usr_id AS id FROM comments) AS t")
  AR_SQL(only_spaces, (), "SELECT id, 1 AS comments FROM users WHERE\n ")
  AR_SQL(after_comments, (), /* the "first" part */ "SELECT id, " // and the "second"
         "1 AS comments FROM users WHERE logn = 'a'")
  AR_SQL(in_joined_lines, (), "SELECT id, 1 AS comments \
FROM users WHERE logn = 'a'")
  AR_SQL(number_for_postgresql, (), "SELECT id, 1 AS comments FROM users WHERE id = $1")
  AR_SQL(number_for_sqlite, (int64_t id), "SELECT id, 1 AS comments FROM users WHERE id = :id OR age = ?1",
         .postgresql = "SELECT id, 1 AS comments FROM users WHERE '{}' ? 'a' OR id = :id OR age = $1")
  AR_SQL(name_for_sqlite, (), "SELECT id, 1 AS comments FROM users WHERE id = @id")
  AR_SQL(dollars_in_names, (), "SELECT u$1.id, 1 AS comments FROM users AS u$1")
  AR_SQL(of_unnamed_tables, (), "SELECT us.id, 1 AS comments FROM (SELECT 1), users")
  AR_SQL(quotes_in_a_name, (), "SELECT id, 1 AS comments FROM \"us\"\"ers\"")
  AR_SQL(own_syntax, (), "SELECT id, 1 AS comments FORM users", .postgresql = "SELECT id, 1 AS comments FROM users")
  AR_SQL(of_common_table, (), "WITH t AS (SELECT id FROM users) SELECT t.iid AS id, 1 AS comments FROM t")
  AR_SQL(of_join_table, (), "SELECT r.reader AS id, 1 AS comments FROM comment_readers AS r")
  AR_SQL(after_a_string, (int64_t id AR_COLUMN("a, (b)")), "SELECT id, 1 AS comments FROM user WHERE id = :id")
  AR_SQL(fewer_values, (), "VALUES (1)");

struct change {
    int64_t id;
} AR_ROW
  AR_SQL(inserted_column, (), "INSERT INTO users (id, logn) VALUES (1, 'a') RETURNING id")
  AR_SQL(updated_column, (), "UPDATE users SET aeg = 1 RETURNING id")
  AR_SQL(inserted_field, (), "INSERT INTO users (id, username) VALUES (1, 'a') RETURNING id")
  AR_SQL(inserted_nothing_like_it, (), "INSERT INTO users (id, what_is_this_column) VALUES (1, 'a') RETURNING id")
  AR_SQL(inserted_link, (), "INSERT INTO comment_readers (comment_id, reader) VALUES (1, 2) RETURNING comment_id AS id")
  AR_SQL(inserted_into_schema, (), "INSERT INTO sqlite_schema (id) VALUES (1) RETURNING id")
  AR_SQL(unlike_all_columns, (), "SELECT what_is_this_column AS id FROM users")
  AR_SQL(of_nothing, (), "SELECT t.x AS id")
  AR_SQL(of_no_table, (), "SELECT t.id FROM (SELECT 1 AS id) AS u")
  AR_SQL(of_values, (), "WITH u AS (VALUES (1)) SELECT t.id FROM u")
  AR_SQL(of_transient, (), "SELECT cached AS id FROM users")
  AR_SQL(only_values, (), "VALUES (1, 2)")
  AR_SQL(empty_spaces, (), "SELECT id FROM users WHERE\t\n")
  AR_SQL(of_postgresql, (), "SELECT DISTINCT ON (id) id FROM users")
  AR_SQL(values, (), "INSERT INTO users (id, login) VALUES (1, 'a', 3) RETURNING id");

