/* Attributes of a struct without a table, and of one without a name. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_HAS_MANY(posts, user_id, user);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts);

struct tag {
    const char *name;
    int64_t id AR_PRIMARY_KEY;
};

typedef struct {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(labels) *label;

struct outer {
    int64_t plain;
    struct {
        int64_t unique AR_UNIQUE;
    };
};
