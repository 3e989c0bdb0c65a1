/* S-05: an inverse with a different foreign key. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, editor);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    int64_t editor_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id)
  AR_BELONGS_TO(editor, editor_id, posts, .target = user);
