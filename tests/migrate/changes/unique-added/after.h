/* A column and a pair of columns become unique. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL AR_UNIQUE;
    int64_t size;
} AR_TABLE(notes) AR_UNIQUE_KEY(size, title);
