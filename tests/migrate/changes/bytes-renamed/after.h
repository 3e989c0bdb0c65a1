/* A table and its arrays of bytes are renamed, whose lengths PostgreSQL checks by constraints that have their names. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    uint8_t digest[4] AR_WAS(hash);
    uint8_t seal[2];
    uint8_t salt[2] AR_DEFAULT("'ab'");
} AR_TABLE(papers) AR_WAS(notes);

struct mark {
    int64_t id AR_PRIMARY_KEY;
    uint8_t seal[2];
    int64_t rank AR_NULLABLE;
} AR_TABLE(marks);
