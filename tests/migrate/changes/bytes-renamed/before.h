/* A table and its arrays of bytes are renamed, whose lengths PostgreSQL checks by constraints that have their names. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    uint8_t hash[4];
    uint8_t seal[2];
} AR_TABLE(notes);

struct mark {
    int64_t id AR_PRIMARY_KEY;
    uint8_t seal[2];
} AR_TABLE(marks);
