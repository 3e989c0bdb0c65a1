/* A table moves to another schema of PostgreSQL. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(notes);
