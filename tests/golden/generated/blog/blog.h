/* The blog: two one-to-many relations and their inverses, one with a cache policy. */
#ifndef BLOG_H
#define BLOG_H
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t     id         AR_PRIMARY_KEY;
    const char *username   AR_LENGTH(1, 50);
    const char *email      AR_EMAIL AR_UNIQUE;
    time_t      created_at AR_CREATED_AT;
    time_t      updated_at AR_UPDATED_AT;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_MANY(comments, user_id, user);

struct post {
    int64_t     id      AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *title;
    const char *content;
    const char *status  AR_DEFAULT("'draft'");
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_HAS_MANY(comments, post_id, post, .cache = { .ttl = 300, .max_size = 100 });

struct comment {
    int64_t     id      AR_PRIMARY_KEY;
    int64_t     user_id;
    int64_t     post_id;
    const char *content;
} AR_TABLE(comments)
  AR_BELONGS_TO(post, post_id, comments)
  AR_BELONGS_TO(user, user_id, comments);
#endif
