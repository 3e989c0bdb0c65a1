/* A table is added, which refers to another one. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(notes) AR_HAS_MANY(tags, note_id, note);

struct tag {
    int64_t id AR_PRIMARY_KEY;
    int64_t note_id;
    const char *word AR_NOT_NULL;
} AR_TABLE(tags) AR_BELONGS_TO(note, note_id, tags);
