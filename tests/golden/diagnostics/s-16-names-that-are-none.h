/* S-16: invalid names. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *a AR_COLUMN("");
    const char *b AR_COLUMN(Unit Price);
    const char *c AR_COLUMN(5);
    const char *d AR_COLUMN("line\nend");
} AR_TABLE(users, .prefix = "blog user")
  AR_HAS_MANY("all posts", user_id);

struct ar_record {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(armature_keys);

struct note {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(sqlite_notes);
