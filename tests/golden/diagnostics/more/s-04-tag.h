#ifndef TAG_H
#define TAG_H
#include <armature/annotations.h>
#include <stdint.h>

struct odd {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE((odds, tags));

struct tag {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_HAS_MANY(users, &)
  AR_HAS_MANY(posts, tag_id)
  AR_TABLE(tags);

struct mark {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE();
#endif
