/* A string of digits becomes an integer. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    const char *code;
} AR_TABLE(notes);
