/* Columns are added, whose default is the value of the rows that exist. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(notes);
