/* The types of columns with defaults change, and some of the defaults. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t size AR_DEFAULT("5");
    int64_t other AR_DEFAULT("7");
    int64_t third;
    int32_t flag AR_DEFAULT("1");
    const char *real AR_NOT_NULL AR_DEFAULT("'1.5'");
} AR_TABLE(notes);
