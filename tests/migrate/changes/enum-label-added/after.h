/* A label is added between others. */
#include <armature/armature.h>

enum mood { GOOD, FAIR, BAD };

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    enum mood mood AR_ENUM_TYPE(mood);
} AR_TABLE(notes);
