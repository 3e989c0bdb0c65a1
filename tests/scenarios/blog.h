/* The blog: users write posts and comment on posts. The same users place the orders of shop.h. */
#ifndef SCENARIO_BLOG_H
#define SCENARIO_BLOG_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
    const char *email;
    int age;
    double balance AR_DEFAULT(0);
    bool is_active AR_DEFAULT(TRUE);
    time_t created_at AR_CREATED_AT;
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_MANY(comments, user_id, user)
  AR_HAS_MANY(orders, user_id, user);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
    const char *content;
    const char *status AR_DEFAULT("'published'");
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_HAS_MANY(comments, post_id, post)
  AR_HAS_MANY(single_comments, post_id, .target = comment, .load = one);

struct comment {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    int64_t post_id;
    const char *content;
    bool is_hidden AR_DEFAULT(FALSE);
} AR_TABLE(comments)
  AR_BELONGS_TO(user, user_id, comments)
  AR_BELONGS_TO(post, post_id, comments);

#endif
