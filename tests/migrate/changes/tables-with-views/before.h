/* Tables that others refer to, views show, or that have no key change, and one is dropped. */
#include <armature/armature.h>

struct owner {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_SQL_TYPE("text COLLATE \"C\"", .sqlite = "TEXT COLLATE NOCASE");
} AR_TABLE(owners);

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t owner_id;
} AR_TABLE(notes) AR_BELONGS_TO(owner, owner_id);

struct line {
    const char *title AR_CHECK("title <> ''");
    int64_t size;
} AR_TABLE(lines, .read_only = true);

struct word {
    int64_t id AR_PRIMARY_KEY;
    const char *word AR_CHECK("word <> ''", .name = said);
} AR_TABLE(words);

struct spoken {
    int64_t id;
    const char *word;
} AR_VIEW(spoken, "SELECT id, word FROM words");
