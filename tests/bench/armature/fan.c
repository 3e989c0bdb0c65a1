/* Armature's side: one parent with many children. */
#include "armature_side.h"
#include "checksum.h"
#include "side.h"

static void fan_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct topic_query *topics = topic_query(side->session);
    topic_where(topics, ar_eq(topic_column.id, 1));
    topic_with_entries(topics);
    armature_check(side, topic_one(topics, &side->topic));
}

static uint64_t sum_fan(void *state)
{
    const struct armature_side *side = state;
    struct entry_list entries;
    uint64_t sum = checksum_topic(0, side->topic);
    armature_check(side, topic_entries(side->session, side->topic, &entries));
    for (size_t i = 0; i < entries.count; i++)
        sum = checksum_entry(sum, entries.items[i]);
    return sum;
}

const struct side armature_fan = {"Armature", armature_open, armature_close, NULL, fan_load, sum_fan};
