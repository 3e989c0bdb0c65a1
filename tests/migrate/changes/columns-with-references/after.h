/* Columns are added that foreign keys, checks and other defaults need, and a key that is not the first new column. */
#include <armature/armature.h>

struct place {
    int64_t id AR_PRIMARY_KEY;
    int64_t code AR_UNIQUE;
    int64_t area;
    int64_t zone;
} AR_TABLE(places) AR_UNIQUE_KEY(area, zone) AR_INDEX(places_zone, zone);

struct visit {
    int64_t id AR_PRIMARY_KEY;
    int64_t place_code;
    int64_t rank AR_NULLABLE;
    int64_t stay_id AR_NULLABLE;
} AR_TABLE(visits) AR_BELONGS_TO(stay, stay_id) AR_BELONGS_TO(place, place_code, .references = code);

struct trip {
    int64_t id AR_PRIMARY_KEY;
    int64_t place_area AR_NULLABLE;
    int64_t place_zone AR_NULLABLE;
} AR_TABLE(trips) AR_BELONGS_TO(place, (place_area, place_zone), .references = (area, zone));

struct stay {
    int64_t id AR_PRIMARY_KEY;
    int64_t nights AR_DEFAULT("1");
    int64_t guests AR_DEFAULT("1") AR_CHECK("guests > 0", .name = stays_guests);
    int64_t place_id AR_DEFAULT("1");
} AR_TABLE(stays) AR_BELONGS_TO(place, place_id) AR_CHECK("nights < 100", .name = stays_nights);

struct token {
    int64_t id AR_PRIMARY_KEY;
    const char *body;
} AR_TABLE(tokens);

struct member {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY AR_IDENTITY;
    const char *name;
} AR_TABLE(members);

struct code {
    const char *code AR_NOT_NULL;
    const char *title;
    time_t made AR_STORED_AS(text) AR_DEFAULT(CURRENT_TIMESTAMP);
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(codes);
