/* A foreign key is added with its column. */
#include <armature/armature.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users) AR_HAS_MANY(notes, user_id, user);

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t user_id AR_NULLABLE;
} AR_TABLE(notes) AR_BELONGS_TO(user, user_id, notes);
