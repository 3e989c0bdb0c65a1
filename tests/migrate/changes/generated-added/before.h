/* A generated column is added, with an index. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size;
} AR_TABLE(notes);
