/* Primary keys, foreign keys with their actions, and what refers to a key of another width. */
#include <armature/annotations.h>
#include <armature/armature.h>

struct country {
    const char *code AR_PRIMARY_KEY AR_NOT_NULL;
    const char *name AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(countries);

struct city {
    int64_t id AR_PRIMARY_KEY;
    const char *country AR_NOT_NULL;
    const char *name AR_NOT_NULL;
    int64_t capital_id AR_NULLABLE;
    int64_t twin_id AR_NULLABLE;
    int64_t port_id AR_NULLABLE;
} AR_TABLE(cities) AR_BELONGS_TO(land, country, .target = country, .on_delete = cascade)
    AR_BELONGS_TO(capital, capital_id, .target = city)
        AR_BELONGS_TO(twin, twin_id, .target = city, .on_delete = set_null)
            AR_BELONGS_TO(port, port_id, .target = city);

struct street {
    int64_t city_id AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
    int64_t mayor AR_NULLABLE;
} AR_TABLE(streets) AR_BELONGS_TO(city, city_id);

struct stop {
    int64_t line AR_PRIMARY_KEY;
    int64_t city_id AR_PRIMARY_KEY;
} AR_TABLE(stops) AR_BELONGS_TO(city, city_id);

struct lamp {
    int64_t id AR_PRIMARY_KEY;
    int64_t city_id;
    int64_t number;
    int64_t house_id;
    int64_t seen_from AR_NULLABLE;
} AR_TABLE(lamps) AR_BELONGS_TO(street, (city_id, number)) AR_BELONGS_TO(house, house_id)
    AR_BELONGS_TO(view, seen_from, .target = house);

struct museum {
    int64_t id AR_PRIMARY_KEY;
    int64_t museum_id AR_NULLABLE;
    int64_t rival_id AR_NULLABLE;
} AR_TABLE(museums) AR_BELONGS_TO(museum, museum_id, .target = gallery)
    AR_BELONGS_TO(rival, rival_id, .target = gallery);

struct gallery {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(galleries);

struct motto {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(mottos);

struct coat {
    int64_t id AR_PRIMARY_KEY;
    const char *colour AR_SQL_TYPE("varchar(9)");
} AR_TABLE(coats);

struct flag {
    const char *code AR_PRIMARY_KEY AR_NOT_NULL;
    const char *colour;
} AR_TABLE(flags);

/* Equivalent: a key of the database begins with the foreign key of a model that is only read. */
struct sight {
    int64_t city_id;
    int64_t number;
} AR_TABLE(sights, .read_only = true) AR_BELONGS_TO(city, city_id);

/* Equivalent: the action is written, the columns of the key are not, an index begins with the foreign key. */
struct house {
    int64_t id AR_PRIMARY_KEY;
    int64_t city_id;
    int64_t number;
} AR_TABLE(houses) AR_BELONGS_TO(city, city_id);

struct medal {
    const char *code;
    const char *number AR_PRIMARY_KEY;
} AR_TABLE(medals);

struct prize {
    int64_t id AR_NULLABLE;
    const char *name AR_PRIMARY_KEY;
} AR_TABLE(prizes);

struct holiday {
    int64_t id AR_PRIMARY_KEY;
    time_t at AR_STORED_AS(text);
    int64_t city_id;
} AR_TABLE(holidays) AR_BELONGS_TO(city, city_id);
