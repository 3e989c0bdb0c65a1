/* A generated key replaces a natural one, to which tables refer that stay, are renamed, dropped and added. */
#include <armature/armature.h>

struct place {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(places);

struct visit {
    int64_t id AR_PRIMARY_KEY;
    const char *place_name AR_NOT_NULL;
} AR_TABLE(trips) AR_WAS(visits) AR_BELONGS_TO(place, place_name, .references = name);

struct hotel {
    int64_t id AR_PRIMARY_KEY;
    const char *place_name AR_NOT_NULL;
} AR_TABLE(hotels) AR_BELONGS_TO(place, place_name, .references = name);

struct sight {
    int64_t id AR_PRIMARY_KEY;
    const char *place_name AR_NOT_NULL;
} AR_TABLE(sights) AR_BELONGS_TO(place, place_name, .references = name);
