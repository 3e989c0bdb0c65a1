/* Two columns with the same name; to SQLite, names that differ only in case are the same. */
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
