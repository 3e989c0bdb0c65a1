/* AR_JSON: fields that are not strings, and attributes that JSON cannot have. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    const char *id AR_JSON AR_PRIMARY_KEY;
    int64_t number AR_JSON;
    const char *unique AR_JSON AR_UNIQUE;
    const char *typed AR_JSON AR_SQL_TYPE("json");
    const char *email AR_EMAIL AR_JSON;
    const char *fine AR_JSON AR_NOT_NULL AR_LENGTH(2, 2000) AR_DEFAULT("'{}'");
} AR_TABLE(users);
