/* Links that parents count: of a polymorphic relation, and with a parent that is on no side of the path. */
#ifndef COUNTED_LINKS_H
#define COUNTED_LINKS_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct post {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(posts)
  AR_HAS_MANY(taggings, subject)
  AR_HAS_MANY_THROUGH(tags, taggings, tag);

struct photo {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(photos)
  AR_HAS_MANY(taggings, subject)
  AR_HAS_MANY_THROUGH(tags, taggings, tag);

struct tag {
    int64_t id         AR_PRIMARY_KEY;
    int32_t uses;
    time_t  updated_at AR_UPDATED_AT;
} AR_TABLE(tags)
  AR_HAS_MANY(taggings, tag_id, tag);

struct editor {
    int64_t id            AR_PRIMARY_KEY;
    int32_t tagging_count;
} AR_TABLE(editors);

struct tagging {
    int64_t     id           AR_PRIMARY_KEY;
    const char *subject_type AR_NOT_NULL;
    int64_t     subject_id;
    int64_t     tag_id;
    int64_t     editor_id    AR_NULLABLE;
} AR_TABLE(taggings)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, post, photo)
  AR_BELONGS_TO(tag, tag_id, taggings, .counter = uses, .touch = true)
  AR_BELONGS_TO(editor, editor_id, .counter = tagging_count);

struct block {
    int32_t b1 AR_PRIMARY_KEY;
    int32_t b2 AR_PRIMARY_KEY;
    int32_t b3 AR_PRIMARY_KEY;
    int32_t b4 AR_PRIMARY_KEY;
    int32_t b5 AR_PRIMARY_KEY;
} AR_TABLE(blocks)
  AR_HAS_MANY(corners, (b1, b2, b3, b4, b5), block)
  AR_HAS_MANY_THROUGH(streets, corners, street);

struct street {
    int32_t s1 AR_PRIMARY_KEY;
    int32_t s2 AR_PRIMARY_KEY;
    int32_t s3 AR_PRIMARY_KEY;
    int32_t s4 AR_PRIMARY_KEY;
} AR_TABLE(streets);

struct corner {
    int64_t id AR_PRIMARY_KEY;
    int32_t b1;
    int32_t b2;
    int32_t b3;
    int32_t b4;
    int32_t b5;
    int32_t s1;
    int32_t s2;
    int32_t s3;
    int32_t s4;
} AR_TABLE(corners)
  AR_BELONGS_TO(block, (b1, b2, b3, b4, b5), corners)
  AR_BELONGS_TO(street, (s1, s2, s3, s4));

/* clang-format on */

#endif
