/* Columns are renamed, retyped, added and dropped in one migration. */
#include <armature/armature.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users) AR_HAS_MANY(notes, author_id, author);

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *subject AR_NOT_NULL AR_WAS(title) AR_UNIQUE;
    int64_t author_id AR_NULLABLE AR_WAS(user_id);
    double size;
    int32_t stars AR_DEFAULT("0");
} AR_TABLE(notes) AR_BELONGS_TO(author, author_id, notes, .target = user) AR_CHECK("stars >= 0", .name = notes_stars);
