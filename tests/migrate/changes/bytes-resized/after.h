/* An array of bytes gets another size; the table has no rows. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    uint8_t hash[8];
} AR_TABLE(notes);
