/* S-12: several errors in one run are all reported, in source order. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    void *session;
    const char *email AR_LENGTH(50, 1);
} AR_TABLE(users)
  AR_HAS_MANY(posts, usr_id, user)
  AR_HAS_MANY(coments, user_id, user);

struct post {
    int64_t id AR_PRIMARY_KEY;
    double user_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts);

struct comment {
    int64_t id;
    int64_t user_id;
} AR_TABLE(comments);
