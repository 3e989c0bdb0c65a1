/* S-08: two relations with the same foreign key and different caches are valid. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_MANY(cached_posts, user_id, user, .target = post, .cache = { .ttl = 60, .max_size = 10 });

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_BELONGS_TO(cached_user, user_id, posts, .target = user, .cache = off, .load = one);
