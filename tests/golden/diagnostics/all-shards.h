/* `.all_shards` without a reason, and twice. */
#include <armature/annotations.h>
#include <stdint.h>

struct post {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(posts, .all_shards = "no view")
  AR_SQL(all_posts, (), "SELECT * FROM posts", .all_shards = true);

struct total {
    int64_t count;
} AR_VIEW(totals, "SELECT count(*) AS count FROM posts", .all_shards = "", .all_shards = "twice");
