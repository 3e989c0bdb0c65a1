/* Tables that others refer to, views show, or that have no key change, and one is dropped. */
#include <armature/armature.h>

struct owner {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_SQL_TYPE("text");
    int64_t size AR_NULLABLE;
    uint8_t hash[8] AR_NULLABLE;
} AR_TABLE(owners);

struct line {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_CHECK("title <> ''");
    int64_t size;
} AR_TABLE(lines);

struct word {
    int64_t id AR_PRIMARY_KEY;
    const char *word AR_CHECK("word <> ''", .name = said);
} AR_TABLE(terms) AR_WAS(words);

struct spoken {
    int64_t id;
    const char *word;
} AR_VIEW(spoken, "SELECT id, word FROM terms");
