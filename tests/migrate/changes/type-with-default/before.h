/* The types of columns with defaults change, and some of the defaults. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    int32_t size AR_DEFAULT("5");
    int32_t other AR_DEFAULT("6");
    int32_t third AR_DEFAULT("6");
    bool flag AR_DEFAULT("true");
    double real AR_DEFAULT("1.5");
} AR_TABLE(notes);
