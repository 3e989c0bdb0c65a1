/* `.full_scan` without a reason. */
#include <armature/annotations.h>
#include <stdint.h>

struct post {
    int64_t id        AR_PRIMARY_KEY;
    int64_t parent_id AR_NULLABLE;
} AR_TABLE(posts)
  AR_BELONGS_TO(parent, parent_id, .target = post, .full_scan = true)
  AR_SQL(all_posts, (), "SELECT * FROM posts", .full_scan = "");
