/* An integer becomes a string. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t code;
} AR_TABLE(notes) AR_INDEX(notes_code, code);
