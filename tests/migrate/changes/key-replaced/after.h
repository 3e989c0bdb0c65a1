/* A generated key replaces a natural one. */
#include <armature/armature.h>

struct place {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(places);
