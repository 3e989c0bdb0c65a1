/* An index changes: its columns, an expression and a condition. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size;
} AR_TABLE(notes) AR_INDEX(notes_by_size, size desc, "lower(title)", .where = "size > 0");
