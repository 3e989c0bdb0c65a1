/* A default changes, and another one is added. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size AR_DEFAULT("2");
    int64_t width AR_DEFAULT("5");
} AR_TABLE(notes);
