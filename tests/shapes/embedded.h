/* Structs within models: columns with a prefix, nested ones, anonymous ones, and keys. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum storey { GROUND_FLOOR, UPPER_FLOOR };

struct point {
    double latitude AR_RANGE(-90, 90);
    double longitude AR_RANGE(-180, 180);
};

struct address {
    const char *street AR_LENGTH(1, 20) AR_NOT_NULL;
    char town[20] AR_COLUMN(city);
    enum storey storey AR_ENUM_TEXT;
    bool has_door;
    int16_t door AR_NULLABLE_BY(has_door);
    struct point at AR_EMBED(at_);
    int64_t country_id AR_NULLABLE;
};

/* A key of two columns. */
struct dweller_key {
    int64_t country_id AR_PRIMARY_KEY;
    int32_t number AR_PRIMARY_KEY;
};

struct country {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(countries) AR_HAS_MANY(residents, home.country_id, home_country, .target = dweller,
                                  .where = "home.town <> 'Nowhere'", .order = "home.at.latitude DESC")
    AR_HAS_MANY(workers, work_country_id, work_country, .target = dweller);

struct dweller {
    struct dweller_key key AR_EMBED();
    const char *name;
    struct address home AR_EMBED(home_);
    struct address work AR_EMBED(work_);
    struct {
        time_t created_at AR_CREATED_AT;
        struct {
            int32_t version AR_VERSION;
        };
    };
    struct {
        int32_t pets AR_RANGE(0, 9);
    } counts AR_EMBED("n ");
} AR_TABLE(dwellers) AR_BELONGS_TO(home_country, home_country_id, residents, .target = country)
    AR_BELONGS_TO(work_country, work.country_id, workers, .target = country)
        AR_HAS_MANY(visits, (dweller.country_id, dweller.number), dweller) AR_UNIQUE_KEY(home.street, home_door);

struct visit {
    int64_t id AR_PRIMARY_KEY;
    struct {
        int64_t country_id;
        int32_t number;
    } dweller AR_EMBED(dweller_);
    const char *reason;
} AR_TABLE(visits) AR_BELONGS_TO(dweller, (dweller.country_id, dweller_number), visits);
