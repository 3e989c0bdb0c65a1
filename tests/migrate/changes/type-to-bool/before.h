/* An integer with a default becomes a bool. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int32_t state AR_DEFAULT("0");
} AR_TABLE(notes);
