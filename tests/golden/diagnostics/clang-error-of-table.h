/* A clang error in a model does not hide that another model is missing. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    unknown_t name;
} AR_TABLE(users);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id)
  AR_HAS_MANY(coments, post_id);

struct comment {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
} AR_TABLE(comments);
