/* Foreign keys refer to a unique column, which stops being unique or becomes the key. */
#include <armature/armature.h>

struct place {
    int64_t id AR_PRIMARY_KEY;
    int64_t code AR_UNIQUE;
} AR_TABLE(places);

struct visit {
    int64_t id AR_PRIMARY_KEY;
    int64_t place_code;
} AR_TABLE(visits) AR_BELONGS_TO(place, place_code, .references = code);

struct city {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_UNIQUE;
    int64_t size AR_NULLABLE;
} AR_TABLE(cities);

struct street {
    int64_t id AR_PRIMARY_KEY;
    const char *city_name AR_NOT_NULL;
} AR_TABLE(streets) AR_BELONGS_TO(city, city_name, .references = name);
