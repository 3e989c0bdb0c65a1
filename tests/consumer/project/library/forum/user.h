#ifndef FORUM_USER_H
#define FORUM_USER_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct member {
    int64_t id      AR_PRIMARY_KEY;
    int64_t user_id;
    int     posts;
} AR_TABLE(members)
  AR_BELONGS_TO(user, user_id, member);

#endif
