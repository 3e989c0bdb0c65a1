/* Conditions and orders of one relation have the names of another's. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    int64_t author_id;
} AR_TABLE(users)
  AR_BELONGS_TO(author, author_id, .target = user)
  AR_HAS_MANY(posts, author_id, .target = user)
  AR_HAS_MANY(posts_count, author_id, .target = user)
  AR_HAS_MANY(by_author, author_id, .target = user);

int user_has_posts(const struct user *user);
