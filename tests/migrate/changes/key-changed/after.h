/* A column becomes part of the primary key. */
#include <armature/armature.h>

struct place {
    const char *name AR_PRIMARY_KEY AR_NOT_NULL;
    const char *country AR_PRIMARY_KEY AR_NOT_NULL;
} AR_TABLE(places);
