/* A join table is added. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(notes);

struct tag {
    int64_t id AR_PRIMARY_KEY;
    const char *word AR_NOT_NULL;
} AR_TABLE(tags);
