/* S-04: targets that are not models: a misspelt name, an unknown name, a struct without a table. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(psots, user_id, user)
  AR_HAS_MANY(articles, user_id)
  AR_HAS_MANY(shouted, user_id, .target = POSTS)
  AR_HAS_MANY(things, user_id, .target = thing);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id);

struct thing {
    int64_t user_id;
};
