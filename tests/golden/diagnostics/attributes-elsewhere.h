/* Attributes that are in another file. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(posts)
#include "more/relations.inc"
  AR_BELONGS_TO(user, user_id);
