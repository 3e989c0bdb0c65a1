/* S-04: a target in a header that is included, but not passed to the tool. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "more/s-04-tag.h"

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(tags, user_id)
  AR_HAS_MANY(labels, user_id, .target = tag)
  AR_HAS_MANY(marks, user_id, .target = mark)
  AR_HAS_MANY(by_table, user_id, .target = tags);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *title;
} AR_TABLE(posts);
