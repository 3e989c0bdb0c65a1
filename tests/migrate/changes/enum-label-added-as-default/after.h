/* A new label is the default. */
#include <armature/armature.h>

enum mood { GOOD, BAD, FAIR };

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    enum mood mood AR_ENUM_TYPE(mood) AR_DEFAULT("'FAIR'");
    int64_t size AR_DEFAULT(1);
} AR_TABLE(notes);
