/* Columns are added that foreign keys, checks and other defaults need, and a key that is not the first new column. */
#include <armature/armature.h>

struct place {
    int64_t id AR_PRIMARY_KEY;
    int64_t code AR_UNIQUE;
    int64_t area;
    int64_t zone;
    int64_t height AR_NULLABLE;
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

struct guest {
    int64_t id AR_PRIMARY_KEY;
    int64_t place_id;
} AR_TABLE(guests) AR_BELONGS_TO(place, place_id);

struct token {
    const char *word AR_PRIMARY_KEY AR_NOT_NULL;
    const char *other;
} AR_TABLE(tokens);

struct member {
    int64_t tenant_id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(members);

struct code {
    const char *code AR_PRIMARY_KEY AR_NOT_NULL;
} AR_TABLE(codes);
