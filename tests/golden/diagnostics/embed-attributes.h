/* Attributes of a struct that is embedded, and of a nested struct that is not. */
#include <armature/annotations.h>
#include <stdint.h>

struct point {
    double x AR_RANGE(0, 1);
    double y;
} AR_UNIQUE_KEY(x, y) __attribute__((annotate("armature:tabled")));

struct shape {
    int64_t id AR_PRIMARY_KEY;
    struct point center AR_EMBED(center_);
    struct nested {
        int32_t hidden AR_UNIQUE;
    } nested;
} AR_TABLE(shapes);
