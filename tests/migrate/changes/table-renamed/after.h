/* A table is renamed, and so is a foreign key that refers to it. */
#include <armature/armature.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(persons) AR_WAS(users) AR_HAS_MANY(notes, person_id, user);

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t person_id AR_NULLABLE AR_WAS(user_id);
} AR_TABLE(notes) AR_BELONGS_TO(user, person_id, notes);
