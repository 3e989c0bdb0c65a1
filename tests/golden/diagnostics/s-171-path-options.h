/* S-171: options of through relations. */
#include <armature/annotations.h>
#include <stdint.h>

struct tag {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(tags)
  AR_HAS_MANY(post_tags, tag_id, tag)
  AR_HAS_MANY(reviews, tag_id)
  AR_HAS_MANY_THROUGH(reviewed, reviews, post)
  AR_HAS_MANY_THROUGH(held, reviews, posts)
  AR_HAS_MANY_THROUGH(posts, post_tags, post, .inverse = tags)
  AR_HAS_MANY_THROUGH(siblings, posts, tags, .inverse = post_tags);

struct post_tag {
    int64_t id AR_PRIMARY_KEY;
    int64_t post_id;
    int64_t other_id;
    int64_t tag_id;
} AR_TABLE(post_tags)
  AR_BELONGS_TO(post, post_id, post_tags)
  AR_BELONGS_TO(other, other_id, .target = post)
  AR_BELONGS_TO(tag, tag_id, post_tags);

struct review {
    int64_t id AR_PRIMARY_KEY;
    int64_t tag_id;
    int64_t post_id;
} AR_TABLE(reviews)
  AR_BELONGS_TO(tag, tag_id)
  AR_BELONGS_TO(post, post_id)
  AR_HAS_MANY(posts, review_id);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t review_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(review, review_id)
  AR_HAS_MANY(reviews, post_id)
  AR_HAS_MANY_THROUGH(review_tags, post_tags, tag, .inverse = reviewed)
  AR_HAS_MANY_THROUGH(held_tags, reviews, tag, .inverse = held)
  AR_HAS_MANY(post_tags, post_id, post)
  AR_HAS_MANY(other_tags, other_id, other, .target = post_tag)
  AR_HAS_MANY(more_tags, other_id, .target = post_tag, .inverse = other)
  AR_HAS_MANY_THROUGH(tags, post_tags, tag)
  AR_HAS_MANY_THROUGH(labels, post_tags, tag, .target = tag)
  AR_HAS_MANY_THROUGH(twice, post_tags, tag, .distinct = yes)
  AR_HAS_ONE_THROUGH(single, post_tags, tag, .distinct = true)
  AR_HAS_MANY_THROUGH(once, post_tags, tag, .distinct = true)
  AR_HAS_MANY_THROUGH(later, once, posts)
  AR_HAS_MANY_THROUGH(back, post_tags, tag, .inverse = psts)
  AR_HAS_MANY_THROUGH(detour, other_tags, tag, .inverse = posts)
  AR_HAS_MANY(plain, post_id, .target = post_tag, .distinct = true);
