/* Columns are added with checks, one of which names both. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int32_t low AR_DEFAULT("0");
    int32_t high AR_DEFAULT("1") AR_CHECK("high > 0");
} AR_TABLE(notes) AR_CHECK("low < high", .name = notes_range);
