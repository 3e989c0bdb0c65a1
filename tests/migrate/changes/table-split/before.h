/* Some columns move to a table of their own; an edit copies their values. */
#include <armature/armature.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    const char *street;
    const char *town;
} AR_TABLE(users);
