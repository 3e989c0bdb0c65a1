/* A string of digits becomes an integer. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t code AR_NULLABLE;
} AR_TABLE(notes);
