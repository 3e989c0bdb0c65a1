/* Columns are added that foreign keys, checks and other defaults need, and a key that is not the first new column. */
#include <armature/armature.h>

struct place {
    int64_t id AR_PRIMARY_KEY;
    int64_t code AR_UNIQUE;
    int64_t area;
    int64_t zone;
} AR_TABLE(places) AR_UNIQUE_KEY(area, zone);

struct visit {
    int64_t id AR_PRIMARY_KEY;
    int64_t place_code;
} AR_TABLE(visits);

struct trip {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(trips);

struct stay {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(stays);

struct code {
    const char *code AR_PRIMARY_KEY AR_NOT_NULL;
} AR_TABLE(codes);
