#ifndef POST_H
#define POST_H
#include <armature/annotations.h>
#include <stdint.h>

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts);
#endif
