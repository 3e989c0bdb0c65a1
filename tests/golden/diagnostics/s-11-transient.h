/* S-11: the same members are valid if AR_TRANSIENT excludes them. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct holder {
    int64_t id AR_PRIMARY_KEY;
    void *pointer AR_TRANSIENT;
    int numbers[4] AR_TRANSIENT;
    int bits : 3 AR_TRANSIENT;
    struct { int c; } AR_TRANSIENT;
    union { int d; float e; } AR_TRANSIENT;
} AR_TABLE(holders);
