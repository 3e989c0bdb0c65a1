/* S-172: inverses of many-to-many relations. */
#include <armature/annotations.h>
#include <stdint.h>

struct tag {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
} AR_TABLE(tags)
  AR_BELONGS_TO(post, post_id)
  AR_MANY_TO_MANY(posts, post_tags, tag_id, post_id)
  AR_MANY_TO_MANY(readers, reads, tag_id, reader_id, .target = post);

struct post {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(posts)
  AR_MANY_TO_MANY(tags, post_tags, post_id, tag_id, readers)
  AR_MANY_TO_MANY(labels, post_tags, post_id, tag_id, post, .target = tag)
  AR_MANY_TO_MANY(marks, post_tags, post_id, tag_id, psts, .target = tag)
  AR_MANY_TO_MANY(friends, friendships, post_id, friend_id, friends, .target = post);
