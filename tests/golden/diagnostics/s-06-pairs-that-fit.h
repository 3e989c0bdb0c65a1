/* S-06: belongs_to with has_many, and with has_one. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_ONE(first_post, user_id, user, .target = post);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_BELONGS_TO(beginner, user_id, first_post, .target = user);
