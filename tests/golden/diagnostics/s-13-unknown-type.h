/* S-13: an unknown type is an error. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    uid64_t number;
} AR_TABLE(users);
