/* AR_EMBED: what cannot be embedded, columns that collide, and names of fields that do not exist. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

union either {
    int32_t a;
};

struct nothing {
};

struct place {
    const char *street AR_RANGE(1, 2);
    const char *town AR_NOT_NULL;
    bool has_floor;
    int32_t floor AR_NULLABLE_BY(has_flor);
    void *handle;
};

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users)
  AR_HAS_MANY(shops, home.user_id, .target = shop)
  AR_HAS_MANY(stalls, own.id, user, .where = "own.idd = 1 OR stalls.own.key = 2", .order = "own.key, own.kye");

struct own {
    int64_t id;
    int64_t key AR_COLUMN(own_key);
};

struct stall {
    int64_t id AR_PRIMARY_KEY;
    struct own own AR_EMBED(own_);
} AR_TABLE(stalls)
  AR_BELONGS_TO(user, own_id, stalls);

struct shop {
    int64_t id AR_PRIMARY_KEY;
    struct place home AR_EMBED(home_) AR_NULLABLE;
    struct place lost;
    struct user *pointer AR_EMBED(pointer_);
    struct user owner AR_EMBED(owner_);
    int32_t number AR_EMBED(number_);
    struct timespec opened AR_EMBED(opened_);
    union either either AR_EMBED(either_);
    struct nothing nothing AR_EMBED(nothing_);
    struct own first AR_EMBED();
    struct own second AR_EMBED();
    struct own own AR_EMBED(own_);
    int64_t own_id;
    struct own many[2] AR_EMBED(many_);
    struct own twice AR_EMBED(a_, b_);
    struct own bad AR_EMBED(.prefix = a_);
    struct own left AR_EMBED(left_) AR_TRANSIENT;
    struct {
        int32_t inner AR_EMAIL;
    };
    union {
        int32_t c;
    };
} AR_TABLE(shops)
  AR_UNIQUE_KEY(home.street, home.twn)
  AR_UNIQUE_KEY(home, home_town)
  AR_BELONGS_TO(user, own.kee);
