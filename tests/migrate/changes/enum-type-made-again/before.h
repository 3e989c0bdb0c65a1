/* A label is dropped and another renamed, of a type that a default, a check, an index, a generated column, a view and a
 * dropped column use, in a table that is renamed. */
#include <armature/armature.h>

enum mood { GOOD, FAIR, BAD };

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    enum mood mood AR_ENUM_TYPE(mood) AR_DEFAULT("'FAIR'");
    enum mood other AR_ENUM_TYPE(mood) AR_NULLABLE;
    enum mood former AR_ENUM_TYPE(mood) AR_NULLABLE;
    bool is_good AR_GENERATED("mood = 'GOOD'");
} AR_TABLE(notes) AR_INDEX(notes_good, title, .where = "mood = 'GOOD'") AR_CHECK("mood <> other", .name = moods_differ);

struct good_note {
    int64_t id;
} AR_VIEW(good_notes, "SELECT id FROM notes WHERE mood = 'GOOD'");
