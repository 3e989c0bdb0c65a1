/* A check and an index get other names, and a table moves back to the schema public, with another key. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t size AR_CHECK("size > 0", .name = old_check);
} AR_TABLE(notes) AR_INDEX(old_index, size);

struct paper {
    const char *title AR_PRIMARY_KEY AR_NOT_NULL;
    int64_t number AR_NULLABLE;
} AR_TABLE(archive.papers);

struct entry {
    int64_t number AR_NULLABLE;
    const char *body;
} AR_TABLE(entries, .read_only = true);

struct mark {
    int64_t number;
    const char *body;
} AR_TABLE(marks, .read_only = true);

struct box {
    int64_t id AR_PRIMARY_KEY;
    const char *body;
} AR_TABLE(archive.boxes);

struct bag {
    int64_t id AR_PRIMARY_KEY;
    const char *body;
} AR_TABLE(archive.bags);

struct line {
    int64_t number AR_PRIMARY_KEY;
    const char *body;
} AR_TABLE(lines);
