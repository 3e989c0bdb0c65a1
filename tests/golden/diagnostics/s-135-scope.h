/* S-135: conditions and orders of relations that are not SQL, or name something other than columns of the target. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users)
  AR_HAS_MANY(fine, user_id, .target = post, .where = "status = 'published' AND length(\"Full Title\") > 3 AND pg_only(id)",
              .order = "created_at DESC, \"Full Title\" asc, posts.id")
  AR_HAS_MANY(fine_too, user_id, .target = post,
              .where = "CAST(id AS text) = '1' AND status COLLATE nocase = 'x'")
  AR_HAS_MANY(a, user_id, .target = post, .where = "staus = 'published'")
  AR_HAS_MANY(b, user_id, .target = post, .where = "title = 'x'")
  AR_HAS_MANY(c, user_id, .target = post, .where = "status = published")
  AR_HAS_MANY(d, user_id, .target = post, .where = "users.name = 'ada'")
  AR_HAS_MANY(e, user_id, .target = post, .where = "status =")
  AR_HAS_MANY(f, user_id, .target = post, .where = "status = 'published")
  AR_HAS_MANY(g, user_id, .target = post, .where = "id IN (SELECT 1)")
  AR_HAS_MANY(h, user_id, .target = post, .where = "status = ?")
  AR_HAS_MANY(i, user_id, .target = post, .where = "max(id, 1, 2) = 3; DROP TABLE posts")
  AR_HAS_MANY(k, user_id, .target = post, .where = published)
  AR_HAS_MANY(l, user_id, .target = post, .where = "rowid = 1")
  AR_HAS_MANY(m, user_id, .target = post, .where = "status = \"published\"")
  AR_HAS_MANY(unmapped, user_id, .target = post, .where = "cached = 1")
  AR_HAS_ONE(n, user_id, .target = post, .order = "creatd_at DESC")
  AR_HAS_ONE(o, user_id, .target = post, .order = "lower(status)")
  AR_HAS_ONE(p, user_id, .target = post, .order = "id, status desc, id")
  AR_HAS_ONE(q, user_id, .target = post, .order = "id NULLS FIRST")
  AR_HAS_ONE(r, user_id, .target = post, .order = "title")
  AR_HAS_ONE(s, user_id, .target = post, .order = "id,")
  AR_HAS_ONE(t, user_id, .target = post, .order = "");

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    const char *status;
    const char *title AR_COLUMN("Full Title");
    int64_t created_at;
    int cached AR_TRANSIENT;
} AR_TABLE(posts)
  AR_BELONGS_TO(author, user_id, .target = user, .where = "name <> ''", .order = "name");
