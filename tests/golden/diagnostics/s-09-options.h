/* S-09: options that are unknown or repeated, or whose value is invalid. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(a, user_id, .target = post, .cahce = off)
  AR_HAS_MANY(b, user_id, .target = post, .colour = red)
  AR_HAS_MANY(c, user_id, .target = post, .cache = on)
  AR_HAS_MANY(d, user_id, .target = post, .cache = { .ttl = -1 })
  AR_HAS_MANY(e, user_id, .target = post, .cache = { .max_size = 0 })
  AR_HAS_MANY(f, user_id, .target = post, .cache = { .tll = 1 })
  AR_HAS_MANY(g, user_id, .target = post, .cache = { .ttl = 1, .ttl = 2 })
  AR_HAS_MANY(h, user_id, .target = post, .load = all)
  AR_HAS_MANY(i, user_id, .target = post, .target = user)
  AR_HAS_MANY(j, user_id, .target = post, .cache = { })
  AR_HAS_MANY(k, user_id, .target = post, .cache = { .ttl = TTL })
  AR_HAS_MANY(l, user_id, .target = 5)
  AR_HAS_MANY(m, user_id, .target = post, .cache = { .ttl = 99999999999999999999 });

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
} AR_TABLE(posts);

struct tag {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(tags, .prefx = label, .prefix = label);

struct note {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(notes, .prefix = memo, .prefix = remark);
