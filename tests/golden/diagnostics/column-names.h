/* Two columns of one name; names that differ in case are one to SQLite. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    const char *full AR_COLUMN(Name);
    const char *other AR_COLUMN(id);
} AR_TABLE(users);
