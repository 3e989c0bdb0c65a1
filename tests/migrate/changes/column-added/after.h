/* A column that can be NULL is added. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    const char *body;
} AR_TABLE(notes);
