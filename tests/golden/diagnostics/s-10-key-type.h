/* S-10: keys of types that cannot be keys. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

struct price {
    double id AR_PRIMARY_KEY;
} AR_TABLE(prices);

struct flag {
    bool id AR_PRIMARY_KEY;
} AR_TABLE(flags);

struct image {
    struct ar_blob id AR_PRIMARY_KEY;
} AR_TABLE(images);

struct null {
    int64_t a AR_PRIMARY_KEY AR_NULLABLE;
    int64_t b AR_PRIMARY_KEY AR_VERSION;
} AR_TABLE(nulls);
