/* Several structs of one table: columns that differ, keys that differ, and what the smaller one must not lack. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct full {
    int64_t id AR_PRIMARY_KEY;
    int32_t amount;
    const char *name AR_NOT_NULL;
    time_t updated_at AR_UPDATED_AT;
    int32_t version AR_VERSION;
    int64_t owner_id AR_NULLABLE;
    double weight;
} AR_TABLE(things);

struct line {
    int64_t id AR_PRIMARY_KEY;
    int64_t amount;
    const char *name;
    const char *color;
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(things);

struct other_key {
    int64_t owner_id AR_PRIMARY_KEY;
} AR_TABLE(things, .read_only = true);

struct right {
    int64_t id AR_PRIMARY_KEY;
    time_t updated_at AR_UPDATED_AT;
    int32_t version AR_VERSION;
} AR_TABLE(things);

struct read {
    int64_t id AR_PRIMARY_KEY;
    char name[20] AR_NOT_NULL;
} AR_TABLE(things, .read_only = true);

struct view {
    int64_t id;
} AR_VIEW(things);
