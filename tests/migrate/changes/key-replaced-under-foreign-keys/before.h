/* A generated key replaces a natural one, to which tables refer that stay, are renamed, dropped and added. */
#include <armature/armature.h>

struct place {
    const char *name AR_PRIMARY_KEY AR_NOT_NULL;
} AR_TABLE(places) AR_HAS_MANY(visits, place_name, place, .target = visit) AR_HAS_MANY(guests, place_name, place);

struct visit {
    int64_t id AR_PRIMARY_KEY;
    const char *place_name AR_NOT_NULL;
} AR_TABLE(visits) AR_BELONGS_TO(place, place_name, visits);

struct guest {
    int64_t id AR_PRIMARY_KEY;
    const char *place_name AR_NOT_NULL;
} AR_TABLE(guests) AR_BELONGS_TO(place, place_name, guests);

struct sight {
    int64_t id AR_PRIMARY_KEY;
    const char *place_name AR_NOT_NULL;
} AR_TABLE(sights) AR_BELONGS_TO(place, place_name);
