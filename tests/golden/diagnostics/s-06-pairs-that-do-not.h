/* S-06: every pair of kinds that cannot be inverses. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, users)
  AR_HAS_ONE(post, user_id, user)
  AR_HAS_MANY(texts, user_id, user, .target = post)
  AR_BELONGS_TO(favourite, post_id, writer, .target = post);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(posts)
  AR_HAS_MANY(users, post_id, posts)
  AR_HAS_ONE(user, post_id, post)
  AR_BELONGS_TO(writer, user_id, favourite, .target = user);
