/* A time loses its nanoseconds, which are zero in all rows: SQLite stores it in another unit. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    struct timespec made;
} AR_TABLE(notes);
