/* Hand-written, on PostgreSQL: one parent with many children, which are read sorted, nearly sorted or in random order.
 */
#include "checksum.h"
#include "hand_postgresql.h"
#include "shapes.h"
#include "side.h"

static void read_topic(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct topic *topic = out;
    topic->id = bigint_field(result, row, 0);
    topic->name = text_field(hand, result, row, 1);
}

static void read_entry(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct entry *entry = out;
    entry->id = bigint_field(result, row, 0);
    entry->topic_id = bigint_field(result, row, 1);
    entry->score = bigint_field(result, row, 2);
    entry->text = text_field(hand, result, row, 3);
}

static const struct kind topics = {sizeof(struct topic), read_topic}, entries = {sizeof(struct entry), read_entry};

static struct hand_postgresql *open_children(const char *url, size_t size, const char *children)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "topic", "SELECT id, name FROM topics WHERE id = $1", BIGINT);
    hand_postgresql_prepare(hand, "children", children, BIGINT);
    hand_postgresql_pipeline(hand);
    return hand;
}

/* The key of the topic is known, so both statements take one round trip. */
static void send_all(struct hand_postgresql *hand)
{
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "topic", 1);
    hand_postgresql_send_key(hand, "children", 1);
    hand_postgresql_send_commit(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_read(hand, &topics, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
}

/* Full result: libpq buffers all rows, which are copied afterwards. */
static void fan_load(void *state)
{
    struct hand_postgresql *hand = state;
    send_all(hand);
    hand_postgresql_read(hand, &entries, &hand->levels[1], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish_commit(hand);
}

/* Single-row mode: each row is copied while it is in the CPU cache. */
static void single_row_load(void *state)
{
    struct hand_postgresql *hand = state;
    send_all(hand);
    hand_postgresql_read_single_rows(hand, &entries, &hand->levels[1]);
    hand_postgresql_finish_commit(hand);
}

static void sorting_load(void *state)
{
    fan_load(state);
    rows_sort(&((struct hand_postgresql *)state)->levels[1], sizeof(struct entry));
}

static uint64_t sum_fan(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct entry *items = hand->levels[1].items;
    uint64_t sum = checksum_topic(0, hand->levels[0].items);
    for (size_t i = 0; i < hand->levels[1].count; i++)
        sum = checksum_entry(sum, &items[rows_place(&hand->levels[1], i)]);
    return sum;
}

static void *fan_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM entries WHERE topic_id = $1");
}

const struct side postgresql_fan = {"full result", fan_open, hand_postgresql_close, NULL, fan_load, sum_fan};
const struct side postgresql_fan_single_row = {"single-row mode", fan_open, hand_postgresql_close, NULL,
                                               single_row_load,   sum_fan};

/* ---- Nearly sorted and in random order: sorted by the server, and by the program ----------------------------------
 */

static void *revised_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM revised WHERE topic_id = $1");
}

static void *revised_ordered_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM revised WHERE topic_id = $1 ORDER BY id");
}

static void *shuffled_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM shuffled WHERE topic_id = $1");
}

static void *shuffled_ordered_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM shuffled WHERE topic_id = $1 ORDER BY id");
}

const struct side postgresql_revised = {"qsort", revised_open, hand_postgresql_close, NULL, sorting_load, sum_fan};
const struct side postgresql_revised_ordered = {"ORDER BY", revised_ordered_open, hand_postgresql_close, NULL, fan_load,
                                                sum_fan};
const struct side postgresql_shuffled = {"qsort", shuffled_open, hand_postgresql_close, NULL, sorting_load, sum_fan};
const struct side postgresql_shuffled_ordered = {
    "ORDER BY", shuffled_ordered_open, hand_postgresql_close, NULL, fan_load, sum_fan};
