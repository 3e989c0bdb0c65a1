/* The models of the fault tests: a key of each kind, text of each kind, a default that an insert reads back. */
#ifndef FAULT_BLOG_H
#define FAULT_BLOG_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct user {
    int64_t     id         AR_PRIMARY_KEY;
    const char *name       AR_NOT_NULL;
    char       *note;
    const char *status     AR_DEFAULT("'new'");
    time_t      updated_at AR_UPDATED_AT;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user);

struct post {
    int64_t     id      AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *title;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_HAS_MANY(marks, post_id, post, .target = mark);

struct mark {
    const char *tag     AR_PRIMARY_KEY;
    int64_t     post_id AR_PRIMARY_KEY;
    const char *comment;
} AR_TABLE(marks)
  AR_BELONGS_TO(post, post_id, marks);

struct article {
    const char *name     AR_PRIMARY_KEY;
    const char *text     AR_DEFAULT("'empty'");
    int32_t     revision AR_VERSION;
} AR_TABLE(articles);

/* clang-format on */

#endif
