/* S-02: a foreign key that is not a field of its struct; a suggestion if one is similar. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_di, user);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, usr_id, posts)
  AR_BELONGS_TO(author, written_by, .target = user);
