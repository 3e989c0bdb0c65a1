/* The same struct embedded twice, a nested one, and an anonymous one. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

enum storey { GROUND_FLOOR, UPPER_FLOOR };

struct point {
    double latitude AR_RANGE(-90, 90);
    double longitude;
};

struct address {
    const char *street AR_NOT_NULL;
    enum storey storey;
    bool has_door;
    int16_t door AR_NULLABLE_BY(has_door);
    struct point at AR_EMBED(at_);
};

struct place {
    struct {
        int64_t country AR_PRIMARY_KEY;
        int32_t number AR_PRIMARY_KEY;
    } key AR_EMBED();
    struct address home AR_EMBED(home_);
    struct address work AR_EMBED("work ");
#ifndef __cplusplus
    struct {
        int32_t visits;
    };
#else
    int32_t visits;
#endif
} AR_TABLE(places)
  AR_UNIQUE_KEY(home.street, home_door);
