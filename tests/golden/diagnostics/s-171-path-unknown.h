/* S-171: a through relation names relations that do not exist. */
#include <armature/annotations.h>
#include <stdint.h>

struct tag {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(tags);

struct post_tag {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
    int64_t tag_id;
} AR_TABLE(post_tags)
  AR_BELONGS_TO(tag, tag_id);

struct post {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(posts)
  AR_HAS_MANY(post_tags, post_id)
  AR_HAS_MANY_THROUGH(tags, posttags, tag)
  AR_HAS_MANY_THROUGH(labels, post_tags, tag_id)
  AR_HAS_MANY_THROUGH(names, post_tags, something)
  AR_HAS_MANY_THROUGH(readers, post_tags, tag, readers)
  AR_HAS_ONE_THROUGH(single, post_tags);

struct lonely {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(lonely)
  AR_HAS_ONE_THROUGH(friend, neighbour, friend);
