/* The only column of an enum type is dropped. */
#include <armature/armature.h>

enum mood { GOOD, BAD };

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    enum mood mood AR_ENUM_TYPE(mood);
} AR_TABLE(notes);
