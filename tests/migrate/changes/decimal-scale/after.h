/* A decimal number gets more digits: SQLite stores it in another unit. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t price AR_DECIMAL(12, 4);
} AR_TABLE(notes);
