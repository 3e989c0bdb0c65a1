/* A label is renamed, of an enum type and of an enum that is stored as a string. */
#include <armature/armature.h>

enum mood { GOOD, BAD };

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    enum mood mood AR_ENUM_TYPE(mood);
    enum mood other AR_ENUM_TEXT;
} AR_TABLE(notes);
