/* A forum: members start topics and reply to them. */
#ifndef TRACE_FORUM_H
#define TRACE_FORUM_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct member {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(members)
  AR_HAS_MANY(topics, member_id, member);

struct topic {
    int64_t id AR_PRIMARY_KEY;
    int64_t member_id;
    const char *title AR_NOT_NULL;
} AR_TABLE(topics)
  AR_BELONGS_TO(member, member_id, topics)
  AR_HAS_MANY(replies, topic_id, topic);

struct reply {
    int64_t id AR_PRIMARY_KEY;
    int64_t topic_id;
    const char *text AR_NOT_NULL;
} AR_TABLE(replies)
  AR_BELONGS_TO(topic, topic_id, replies);

#endif
