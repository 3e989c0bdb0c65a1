/* Plans with views, which have no indexes, and with tables without a key. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users)
  AR_HAS_MANY(totals, user_id)
  AR_HAS_MANY(entries, user_id, .target = entry)
  AR_SQL(users_of_view, (int64_t user_id),
         "SELECT users.* FROM users JOIN totals ON totals.user_id = users.id WHERE totals.user_id = :user_id");

struct post {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *state;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id)
  AR_SQL(posts_of_one_state, (const char *state),
         "SELECT a.* FROM posts AS a JOIN posts AS ab ON a.state = ab.state WHERE ab.state = :state")
  AR_SQL(posts_of_names, (const char *state),
         "SELECT posts.* FROM posts LEFT JOIN users ON users.name = posts.state WHERE posts.state > :state");

struct entry {
    int64_t user_id;
} AR_TABLE(log, .read_only = true);

struct total {
    int64_t user_id;
    int64_t count;
} AR_VIEW(totals, "SELECT user_id, count(*) AS count FROM posts GROUP BY user_id");
