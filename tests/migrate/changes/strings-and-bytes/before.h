/* Strings and bytes become each other, or numbers. On PostgreSQL, the table has no rows. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *body AR_NOT_NULL;
    struct ar_blob data AR_NOT_NULL;
    struct ar_blob number AR_NOT_NULL;
    const char *price AR_SQL_TYPE("numeric(10,2)") AR_NOT_NULL;
} AR_TABLE(notes);
