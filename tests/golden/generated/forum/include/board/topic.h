/* Anonymous typedef'd structs, a prefix, targets that the relation's name does not say, a join table, a text key. */
#ifndef FORUM_TOPIC_H
#define FORUM_TOPIC_H

#include <armature/annotations.h>
#include <stdint.h>

typedef struct {
    int64_t id AR_PRIMARY_KEY;
    int32_t tenant_id;
    int64_t author_id;
    const char *title AR_NOT_NULL;
} AR_TABLE(topics)
  AR_BELONGS_TO(author, (tenant_id, author_id), topics, .target = member, .load = one)
  AR_BELONGS_TO(writer, (tenant_id, author_id), topics, .target = members, .cache = off)
  AR_HAS_MANY(taggings, topic_id, topic, .target = tagging, .cache = { .max_size = 10 }) topic_t;

struct label {
    const char *name AR_PRIMARY_KEY;
} AR_TABLE(labels, .prefix = forum_label)
  AR_HAS_MANY(taggings, label, label, .target = tagging);

typedef struct {
    int64_t topic_id AR_PRIMARY_KEY;
    char label[20] AR_PRIMARY_KEY;
} AR_TABLE(taggings)
  AR_BELONGS_TO(topic, topic_id, taggings, .target = topics)
  AR_BELONGS_TO(label, label, taggings, .target = forum_label) tagging_t;

#endif
