/* Attributes of declarations that cannot have them. */
#include <armature/annotations.h>
#include <stdint.h>

AR_TABLE(befores) struct before {
    int64_t id AR_PRIMARY_KEY;
};

struct forward AR_TABLE(forwards);

struct variable {
    int64_t id AR_PRIMARY_KEY;
} one AR_TABLE(ones);

enum color { RED, BLUE } AR_TABLE(colors);

union either {
    int64_t id;
} AR_TABLE(eithers);

int64_t function(void) AR_UNIQUE;

struct outer {
    int64_t id AR_PRIMARY_KEY;
    struct inner {
        int64_t id AR_PRIMARY_KEY;
    } AR_TABLE(inners) inner AR_TRANSIENT;
    AR_UNIQUE;
} AR_TABLE(outers);

int64_t unknown(void) __attribute__((annotate("armature:shiny")));
