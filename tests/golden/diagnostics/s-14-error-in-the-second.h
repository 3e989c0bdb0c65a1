/* S-14: an error is reported in its own header. given: more/s-14-wrong.h */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, usr);
