/* Foreign keys that are narrower or wider than the keys they refer to. */
#include <armature/annotations.h>
#include <stdint.h>

struct depot {
    int64_t id AR_PRIMARY_KEY;
    const char *town;
} AR_TABLE(depots) AR_HAS_MANY(vans, depot_id, depot);

struct driver {
    int32_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(drivers) AR_HAS_MANY(vans, driver_id, driver);

struct van {
    int64_t id AR_PRIMARY_KEY;
    int32_t depot_id;              /* narrower than depots.id */
    int64_t driver_id AR_NULLABLE; /* wider than drivers.id */
    const char *plate;
} AR_TABLE(vans) AR_BELONGS_TO(depot, depot_id, vans) AR_BELONGS_TO(driver, driver_id, vans)
    AR_HAS_MANY(stops, (van_depot_id, van_id), van, .references = (depot_id, id)) AR_UNIQUE_KEY(depot_id, id);

/* A composite foreign key whose columns both have another width. */
struct stop {
    int64_t id AR_PRIMARY_KEY;
    int64_t van_depot_id;
    int32_t van_id;
} AR_TABLE(stops) AR_BELONGS_TO(van, (van_depot_id, van_id), stops, .references = (depot_id, id));
