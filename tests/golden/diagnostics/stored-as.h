/* AR_STORED_AS: fields that are not times, unknown forms, and dates that would receive a time of day. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    int64_t age AR_STORED_AS(text);
    time_t born AR_STORED_AS(unix);
    time_t joined AR_STORED_AS("text");
    time_t left AR_STORED_AS();
    time_t created_at AR_STORED_AS(date) AR_CREATED_AT;
    struct timespec updated_at AR_STORED_AS(date) AR_UPDATED_AT;
} AR_TABLE(users);
