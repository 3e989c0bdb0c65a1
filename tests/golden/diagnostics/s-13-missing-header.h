/* S-13: a header that cannot be found is fatal, because clang would continue with other types. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include <no_such_header.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);
