/* A generated column becomes an ordinary one and keeps its values. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size;
    int64_t twice AR_GENERATED("size * 2");
} AR_TABLE(notes);
