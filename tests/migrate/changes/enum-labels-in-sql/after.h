/* New labels are in a check, an index, a view and a generated column; a column loses the type that is made again. */
#include <armature/armature.h>

enum mood { BEST, FINE AR_WAS(GREAT), GOOD AR_WAS(BEST), FAIR AR_WAS(GOOD), BAD, WORST };
enum kind { PLAIN, ODD };

struct note {
    int64_t id AR_PRIMARY_KEY;
    enum mood mood AR_ENUM_TYPE(mood) AR_CHECK("mood <> 'FINE'", .name = notes_not_fine);
    enum kind kind AR_ENUM_TYPE(kind);
    const char *former AR_NOT_NULL;
    enum kind second AR_ENUM_TYPE(kind) AR_DEFAULT("'PLAIN'");
    bool is_best AR_GENERATED("mood = 'BEST'");
} AR_TABLE(notes) AR_INDEX(notes_worst, id, .where = "mood = 'WORST'");

struct worst_note {
    int64_t id;
} AR_VIEW(worst_notes, "SELECT id FROM notes WHERE mood = 'WORST'");
