/* A check and an index get other names, and a table moves back to the schema public, with another key. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t size AR_CHECK("size > 0", .name = new_check);
} AR_TABLE(notes) AR_INDEX(new_index, size);

struct paper {
    const char *title AR_NOT_NULL;
    int64_t number AR_PRIMARY_KEY;
} AR_TABLE(sheets) AR_WAS(archive.papers);

struct entry {
    int64_t number AR_NULLABLE;
    const char *body;
} AR_TABLE(lists, .read_only = true) AR_WAS(entries);

struct mark {
    int64_t number AR_PRIMARY_KEY;
    const char *body;
} AR_TABLE(marks);

struct box {
    int64_t id AR_PRIMARY_KEY;
    const char *body;
} AR_TABLE(archive.chests) AR_WAS(archive.boxes);

struct bag {
    int64_t id AR_PRIMARY_KEY;
    const char *body;
} AR_TABLE(attic.bags) AR_WAS(archive.bags);

struct line {
    int64_t number;
    const char *body;
} AR_TABLE(lines, .read_only = true);
