/* S-173: many-to-many relations, declared by both sides, by one side, of a model with itself, and with composite, text and UUID
 * keys. */
#ifndef MANY_TO_MANY_H
#define MANY_TO_MANY_H
#include <armature/annotations.h>
#include <stdint.h>

struct post {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(posts)
  AR_MANY_TO_MANY(tags, post_tags, post_id, tag_id, posts)
  AR_MANY_TO_MANY(related, "related posts", post_id, other_id, .target = post, .cache = off);

struct tag {
    int32_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(tags)
  AR_MANY_TO_MANY(posts, post_tags, tag_id, post_id, tags);

struct document {
    uint8_t     tenant[16] AR_PRIMARY_KEY AR_UUID;
    const char *code       AR_PRIMARY_KEY;
} AR_TABLE(documents)
  AR_MANY_TO_MANY(tags, document_tags, (tenant, document), tag);
#endif
