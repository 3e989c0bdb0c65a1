/* S-10: a composite key is valid; nine columns are too many. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct good {
    int64_t a AR_PRIMARY_KEY;
    const char *b AR_PRIMARY_KEY;
    uint8_t c[16] AR_PRIMARY_KEY AR_UUID;
} AR_TABLE(goods);

struct nine {
    int a AR_PRIMARY_KEY;
    int b AR_PRIMARY_KEY;
    int c AR_PRIMARY_KEY;
    int d AR_PRIMARY_KEY;
    int e AR_PRIMARY_KEY;
    int f AR_PRIMARY_KEY;
    int g AR_PRIMARY_KEY;
    int h AR_PRIMARY_KEY;
    int i AR_PRIMARY_KEY;
} AR_TABLE(nines);
