#include <armature/annotations.h>
#include <stdint.h>

struct item {
    int64_t id AR_PRIMARY_KEY;
    int64_t price AR_CHECK("price > 0");
} AR_TABLE(items);

struct offer {
    int64_t id AR_UNIQUE;
    int64_t price AR_CHECK("price > 0");
    int64_t doubled AR_GENERATED("price * 2");
} AR_VIEW(offers, "SELECT id, price, price * 2 AS doubled FROM items");
