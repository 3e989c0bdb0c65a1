/* Strings and bytes become each other, or numbers. On PostgreSQL, the table has no rows. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    struct ar_blob body AR_NOT_NULL;
    const char *data AR_NOT_NULL;
    int64_t number;
    const char *price AR_SQL_TYPE("numeric(12)") AR_NOT_NULL;
} AR_TABLE(notes);
