/* A column is renamed, which an index and a check name. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size;
} AR_TABLE(notes) AR_INDEX(notes_size, size desc, .where = "size > 0")
    AR_CHECK("size >= 0", .name = notes_size_positive);
