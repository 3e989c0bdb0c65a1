/* S-05: an inverse whose target is a third model. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, blog);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
} AR_TABLE(posts)
  AR_BELONGS_TO(blog, user_id);

struct blog {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(blogs);
