/* Rows of user SQL: users, and posts with the names of their users, as a program lists them. */
#ifndef BENCH_LINES_H
#define BENCH_LINES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct user_row {
    int64_t     id;
    const char *name;
    const char *email;
    const char *hair_color;
    int32_t     age;
    double      score;
    bool        active;
    time_t      created_at;
} AR_ROW
  AR_SQL(rows_of_users, (),
         "SELECT id, name, email, hair_color, age, score, active, created_at FROM users");

struct line {
    int64_t     post_id;
    const char *title;
    const char *name;
    int64_t     views;
    double      score;
    time_t      created_at;
} AR_ROW
  AR_SQL(lines_of_posts, (int64_t at_most),
         "SELECT posts.id AS post_id, posts.title, users.name, posts.views, users.score, posts.created_at"
         "  FROM posts JOIN users ON users.id = posts.user_id WHERE posts.id <= :at_most")
  AR_SQL(sorted_lines, (int64_t at_most),
         "SELECT posts.id AS post_id, posts.title, users.name, posts.views, users.score, posts.created_at"
         "  FROM posts JOIN users ON users.id = posts.user_id WHERE posts.id <= :at_most"
         " ORDER BY posts.views DESC, posts.id");

#endif
