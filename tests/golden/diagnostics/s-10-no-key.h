/* S-10: models without a key; a suggestion if a field looks like one. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id);

struct post {
    int64_t post_id;
    int64_t user_id;
} AR_TABLE(posts);

struct entry {
    int64_t value;
} AR_TABLE(entries);
