/* Checks are added, on a field and on the struct. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size AR_CHECK("size >= 0");
} AR_TABLE(notes) AR_CHECK("length(title) > 0", .name = notes_has_title);
