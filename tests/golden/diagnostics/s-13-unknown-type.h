/* S-13: and so is a type that is not known. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    uid64_t number;
} AR_TABLE(users);
