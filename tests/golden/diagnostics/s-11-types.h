/* S-11: members whose types cannot be columns. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct inner {
    int x;
};

struct holder {
    int64_t id AR_PRIMARY_KEY;
    void *pointer;
    struct inner nested;
    struct inner *related;
    union { int a; float b; } either;
    int numbers[4];
    uint8_t raw[16];
    char **texts;
    int bits : 3;
    long double precise;
    void (*callback)(void);
    struct { int c; };
    union { int d; float e; };
    unsigned char bytes[];
} AR_TABLE(holders);

struct large {
    int64_t id AR_PRIMARY_KEY;
    __int128 wide;
    char huge[5000000000];
    uint8_t bytes[5000000000];
} AR_TABLE(larges);
