/* The SELECT of a view changes. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size;
} AR_TABLE(notes);

struct long_note {
    int64_t id;
    const char *title;
} AR_VIEW(long_notes, "SELECT id, title FROM notes WHERE size > 10");
