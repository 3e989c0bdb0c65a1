/* A join table is added. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(notes) AR_MANY_TO_MANY(tags, notes_tags, note_id, tag_id, notes);

struct tag {
    int64_t id AR_PRIMARY_KEY;
    const char *word AR_NOT_NULL;
} AR_TABLE(tags) AR_MANY_TO_MANY(notes, notes_tags, tag_id, note_id, tags);
