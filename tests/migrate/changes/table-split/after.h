/* Some columns move to a table of their own; an edit copies their values. */
#include <armature/armature.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users) AR_HAS_ONE(address, user_id, user);

struct address {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id AR_UNIQUE;
    const char *street;
    const char *town;
} AR_TABLE(addresses) AR_BELONGS_TO(user, user_id, address);
