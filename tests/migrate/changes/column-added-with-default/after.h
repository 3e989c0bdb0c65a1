/* Columns are added, whose default is the value of the rows that exist. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int32_t stars AR_DEFAULT("3");
    bool is_open AR_DEFAULT("1");
} AR_TABLE(notes);
