/* The models of the benchmark: users, their posts, and five columns of the users alone, which a view gives. */
#ifndef BENCH_BLOG_H
#define BENCH_BLOG_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct user {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    const char *email;
    const char *hair_color;
    int32_t     age;
    double      score;
    bool        active;
    time_t      created_at;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user);

struct post {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *title;
    const char *body;
    int64_t     views;
    time_t      created_at;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts);

struct person {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    const char *email;
    int32_t     age;
    double      score;
} AR_TABLE(people);

#endif
