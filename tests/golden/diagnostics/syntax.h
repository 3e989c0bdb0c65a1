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
  __attribute__((annotate("armature:sql unclosed, (int64_t n")))
  __attribute__((annotate("armature:sql unclosed_string, (int64_t n AR_COLUMN(\"a), \"SELECT 1\"")))
  __attribute__((annotate("something else")))
  AR_SQL(spaces, ( int64_t a , int64_t b ), "SELECT * FROM users WHERE id = :a OR id = :b");
