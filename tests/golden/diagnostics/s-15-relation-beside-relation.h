/* S-15: a relation with the name of a function of another relation. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_MANY(posts_query, user_id, user, .target = post)
  AR_HAS_MANY(with_posts, user_id, user, .target = post);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts);
