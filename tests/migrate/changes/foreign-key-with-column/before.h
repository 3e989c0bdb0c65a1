/* A foreign key is added with its column. */
#include <armature/armature.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users);

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(notes);
