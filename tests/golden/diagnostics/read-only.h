/* Views and tables without a key: what only makes sense for tables that are written, and what needs a key. */
#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    int64_t visits;
} AR_TABLE(users, .read_only = false)
  AR_HAS_MANY(log, user_id, user, .dependent = destroy)
  AR_HAS_ONE(first_entry, user_id, .target = entry, .order = "at")
  AR_HAS_MANY(totals, user_id)
  AR_HAS_MANY_THROUGH(others, log, user);

struct entry {
    int64_t user_id;
    time_t at AR_CREATED_AT;
} AR_TABLE(log, .read_only = true)
  AR_BELONGS_TO(user, user_id, log, .counter = visits)
  AR_BELONGS_TO(again, user_id, .target = user, .touch = maybe)
  AR_BEFORE_INSERT(never);

struct total {
    int64_t user_id AR_PRIMARY_KEY;
    time_t deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_VIEW(totals, .postgresql = "SELECT 1")
  AR_BELONGS_TO(user, user_id, totals, .on_delete = cascade);

struct note {
    int64_t id;
    int64_t total_id;
} AR_TABLE(notes, .read_only = yes);

struct twice {
    int64_t id AR_PRIMARY_KEY;
    int64_t log_id;
} AR_TABLE(twice, .read_only = true, .read_only = false)
  AR_VIEW(twice)
  AR_BELONGS_TO(log, log_id);

struct wrong {
    int64_t id;
} AR_VIEW(wrong, 7);

struct unknown {
    int64_t id;
} AR_VIEW(unknown, "SELECT 1 AS id", .prefx = that);
