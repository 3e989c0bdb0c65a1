/* A generated key replaces a natural one. */
#include <armature/armature.h>

struct place {
    const char *name AR_PRIMARY_KEY AR_NOT_NULL;
} AR_TABLE(places);
