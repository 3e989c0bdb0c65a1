/* The order of fields changes: no difference. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t size;
    const char *title AR_NOT_NULL;
} AR_TABLE(notes);
