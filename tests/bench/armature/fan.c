/* Armature's side: one parent with many children, which the database returns sorted, nearly sorted or in random order.
 */
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

/* ---- Nearly sorted and in random order ----------------------------------------------------------------------------
 */

static void revised_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct topic_query *topics = topic_query(side->session);
    topic_where(topics, ar_eq(topic_column.id, 1));
    topic_with_revised(topics);
    armature_check(side, topic_one(topics, &side->topic));
}

static uint64_t sum_revised(void *state)
{
    const struct armature_side *side = state;
    struct revised_list list;
    uint64_t sum = checksum_topic(0, side->topic);
    armature_check(side, topic_revised(side->session, side->topic, &list));
    for (size_t i = 0; i < list.count; i++) {
        const struct revised *each = list.items[i];
        sum = checksum_entry(sum, &(struct entry){each->id, each->topic_id, each->score, each->text});
    }
    return sum;
}

static void shuffled_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct topic_query *topics = topic_query(side->session);
    topic_where(topics, ar_eq(topic_column.id, 1));
    topic_with_shuffled(topics);
    armature_check(side, topic_one(topics, &side->topic));
}

static uint64_t sum_shuffled(void *state)
{
    const struct armature_side *side = state;
    struct shuffled_list list;
    uint64_t sum = checksum_topic(0, side->topic);
    armature_check(side, topic_shuffled(side->session, side->topic, &list));
    for (size_t i = 0; i < list.count; i++) {
        const struct shuffled *each = list.items[i];
        sum = checksum_entry(sum, &(struct entry){each->id, each->topic_id, each->score, each->text});
    }
    return sum;
}

const struct side armature_revised = {"Armature", armature_open, armature_close, NULL, revised_load, sum_revised};
const struct side armature_shuffled = {"Armature", armature_open, armature_close, NULL, shuffled_load, sum_shuffled};
