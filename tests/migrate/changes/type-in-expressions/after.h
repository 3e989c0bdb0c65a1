/* The type of a column changes, on which a check and indexes have expressions. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    double size AR_CHECK("size > 0");
} AR_TABLE(notes) AR_INDEX(notes_large, size, .where = "size > 10") AR_INDEX(notes_next, "size + 1")
    AR_INDEX(notes_last, "size - 1") AR_CHECK("size < 999", .name = notes_small);
