/* Attributes with syntax errors. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *a AR_DEFAULT("'open" "ed'");
    const char *b AR_DEFAULT("\x41");
} AR_TABLE(users)
  AR_HAS_MANY(posts, (user_id; user))
  AR_HAS_MANY(posts, (), user)
  AR_HAS_MANY(posts, user_id, user, .cache = { ttl = 5 })
  AR_HAS_MANY(posts, user_id, user, .cache)
  AR_HAS_MANY(posts, user_id, user, .)
  AR_HAS_MANY(posts, user_id, .load = one, user)
  AR_HAS_MANY(posts, user_id,)
  AR_HAS_MANY(posts, user_id user)
  AR_HAS_MANY(posts, &user_id)
  __attribute__((annotate("armature:has_few posts, user_id")))
  __attribute__((annotate("armature:")))
  __attribute__((annotate("something else")));
