/* Users, posts and comments, with statements on them. */
#ifndef TEST_STATEMENTS_FORUM_H
#define TEST_STATEMENTS_FORUM_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum standing { GUEST, MEMBER, OWNER };

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
    enum standing standing AR_ENUM_TEXT;
    uint8_t token[16] AR_UUID AR_NULLABLE;
    time_t created_at;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_MANY(comments, user_id, user)
  AR_SQL(users_with_standing, (enum standing standing AR_ENUM_TEXT),
         "SELECT * FROM users WHERE standing = :standing ORDER BY id")
  AR_SQL(user_with_token, (const uint8_t token[16] AR_UUID), "SELECT * FROM users WHERE token = :token", .one = true)
  AR_SQL(users_with_tokens, (const uint8_t tokens[][16] AR_UUID),
         "SELECT * FROM users WHERE token IN (:tokens) ORDER BY id")
  AR_SQL(users_with_ids_or_names, (const int64_t ids[], const char *const names[]),
         "SELECT * FROM users WHERE id IN (:ids) OR username IN (:names) ORDER BY id");

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
    int32_t views;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_HAS_MANY(comments, post_id, post)
  AR_SQL(posts_in_any_order, (),
         "SELECT views, title, posts.id, user_id, length(title) AS extra FROM posts ORDER BY posts.id DESC")
  AR_SQL(add_views, (int32_t more, const int64_t ids[]),
         "UPDATE posts SET views = views + :more WHERE id NOT IN (:ids)")
  AR_SQL(views_added, (int32_t more), "UPDATE posts SET views = views + :more WHERE views > 10 RETURNING *");

struct comment {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    int64_t post_id;
    const char *content;
    time_t created_at;
} AR_TABLE(comments)
  AR_BELONGS_TO(user, user_id, comments)
  AR_BELONGS_TO(post, post_id, comments);

struct commenter {
    int64_t user_id;
    const char *username;
    int64_t comments;
} AR_ROW
  AR_SQL(top_commenters, (time_t since, const int64_t ids[], int64_t at_most),
         "SELECT users.id AS user_id, users.username, count(*) AS comments"
         "  FROM users JOIN comments ON comments.user_id = users.id"
         " WHERE comments.created_at >= :since AND users.id IN (:ids)"
         " GROUP BY users.id, users.username ORDER BY comments DESC, users.id LIMIT :at_most")
  AR_SQL(commenters_named, (const char *const names[], const char *pattern AR_NULLABLE),
         "SELECT count(comments.id) AS comments, min(users.id) AS user_id, username"
         "  FROM users LEFT JOIN comments ON comments.user_id = users.id"
         " WHERE username IN (:names) AND (:pattern IS NULL OR username LIKE :pattern)"
         " GROUP BY username",
         .postgresql = "SELECT count(comments.id) AS comments, min(users.id) AS user_id, username"
                       "  FROM users LEFT JOIN comments ON comments.user_id = users.id"
                       " WHERE username IN (:names)"
                       "   AND (CAST(:pattern AS text) IS NULL OR username LIKE CAST(:pattern AS text))"
                       " GROUP BY username");

/* Functions of the database whose arguments have one type only. */
struct excerpt {
    int64_t id;
    const char *start;
} AR_ROW
  AR_SQL(excerpts, (int16_t first, int length, const int32_t ids[]),
         "SELECT id, substr(title, :first + 1, :length) AS start FROM posts WHERE id IN (:ids) ORDER BY id");

/* The same text on two structs, with a parameter of another type. */
struct headline {
    int64_t id;
    const char *title;
} AR_ROW
  AR_SQL(headlines, (int32_t user_id), "SELECT id, title FROM posts WHERE user_id = :user_id ORDER BY id");

struct title {
    const char *title;
    int16_t id;
} AR_ROW
  AR_SQL(titles, (int64_t user_id), "SELECT id, title FROM posts WHERE user_id = :user_id ORDER BY id");

/* One row of everything, some of it NULL. */
struct summary {
    bool has_posts;
    int32_t posts;
    double average;
    const char *longest;
    int64_t oldest AR_NULLABLE;
    int64_t newest AR_NULLABLE_BY(has_newest);
    bool has_newest;
} AR_ROW
  AR_SQL(summarize, (int64_t user_id),
         "SELECT count(*) > 0 AS has_posts, count(*) AS posts, coalesce(avg(views), 0) AS average,"
         "       max(title) AS longest, min(id) AS oldest, max(id) AS newest"
         "  FROM posts WHERE user_id = :user_id",
         .one = true);

/* Numbers that the databases compute in types of their own. */
struct statistics {
    double mean AR_NULLABLE;
    float single AR_NULLABLE;
    int64_t total AR_NULLABLE;
    double large AR_NULLABLE;
} AR_ROW
  AR_SQL(compute_statistics, (int64_t divisor),
         "SELECT avg(id + 0.0) / :divisor AS mean, avg(views) / 3 AS single, sum(id) AS total,"
         "       (SELECT max(id) FROM users) AS large FROM posts",
         .postgresql = "SELECT avg(id) / :divisor AS mean, avg(views) / 3 AS single, sum(id) AS total,"
                       "       (SELECT max(id) FROM users) AS large FROM posts",
         .one = true);

#endif
