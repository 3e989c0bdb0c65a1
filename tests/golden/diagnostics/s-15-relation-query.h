/* S-15: relations whose functions would have the same names as functions of the model. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(query, user_id, user, .target = post)
  AR_HAS_MANY(find, user_id, user, .target = post)
  AR_HAS_MANY(sum, user_id, user, .target = post)
  AR_HAS_MANY(column, user_id, user, .target = post);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id);
