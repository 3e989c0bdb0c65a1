/* The default of a new column is an expression, which SQLite's ADD COLUMN refuses. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(notes);
