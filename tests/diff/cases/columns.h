/* Columns that differ: each kind of difference once, and what is equivalent. */
#include <armature/annotations.h>
#include <armature/armature.h>
#include <stdbool.h>
#include <time.h>

struct post {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL AR_WAS(heading);
    const char *subtitle;
    const char *headline AR_NOT_NULL AR_WAS(caption) AR_CHECK("headline <> '' AND \"headline\" <> 'caption'");
    int64_t price;
    int32_t rank AR_NULLABLE;
    const char *state AR_NOT_NULL AR_DEFAULT("'draft'");
    int32_t views AR_DEFAULT("0");
    bool is_public AR_DEFAULT("1");
    double weight;
    const char *lower_title AR_GENERATED("lower(title)");
    const char *plain_title;
    const char *language AR_NOT_NULL;
    time_t created_at AR_CREATED_AT;
    int64_t wide;
    const char *code AR_NOT_NULL AR_LENGTH(1, 10);
    const char *motto AR_NOT_NULL;
} AR_TABLE(posts) AR_INDEX(posts_headline, headline);

/* A model that is only read inserts no rows. */
struct log {
    const char *line;
} AR_TABLE(logs, .read_only = true);

/* Everything is written in another way, and equivalent. */
struct reader {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_LENGTH(1, 40);
    int32_t visits AR_DEFAULT("-1");
    double score AR_DEFAULT("1.5");
    const char *note;
    bool active AR_DEFAULT("1");
    time_t seen;
    const char *binary AR_NOT_NULL AR_SQL_TYPE("text", .sqlite = "TEXT COLLATE BINARY");
} AR_TABLE(readers);
