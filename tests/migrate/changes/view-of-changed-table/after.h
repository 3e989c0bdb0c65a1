/* The table of a view changes. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size;
    int64_t width AR_DEFAULT("0");
} AR_TABLE(notes) AR_CHECK("size >= 0", .name = notes_size);

struct long_note {
    int64_t id;
    const char *title;
} AR_VIEW(long_notes, "SELECT id, title FROM notes WHERE size > 10");
