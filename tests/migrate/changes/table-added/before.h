/* A table is added, which refers to another one. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(notes);
