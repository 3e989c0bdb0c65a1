/* Hand-written, on SQLite: one parent with many children, which are read sorted, nearly sorted or in random order. */
#include "checksum.h"
#include "hand_sqlite.h"
#include "side.h"

static void *open_children(const char *url, size_t size, const char *children)
{
    return hand_sqlite_open(url, size, "SELECT id, name FROM topics WHERE id = 1", children, NULL);
}

static void fan_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    if (sqlite3_step(row) == SQLITE_ROW) {
        struct topic *topic = rows_add(&hand->levels[0], sizeof *topic);
        topic->id = sqlite3_column_int64(row, 0);
        topic->name = hand_sqlite_text(hand, row, 1);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    row = hand->statements[1];
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct entry *entry = rows_add(&hand->levels[1], sizeof *entry);
        entry->id = sqlite3_column_int64(row, 0);
        entry->topic_id = sqlite3_column_int64(row, 1);
        entry->score = sqlite3_column_int64(row, 2);
        entry->text = hand_sqlite_text(hand, row, 3);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    hand_sqlite_run(hand, hand->commit);
}

static void sorting_load(void *state)
{
    fan_load(state);
    rows_sort(&((struct hand_sqlite *)state)->levels[1], sizeof(struct entry));
}

static uint64_t sum_fan(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct entry *entries = hand->levels[1].items;
    uint64_t sum = checksum_topic(0, hand->levels[0].items);
    for (size_t i = 0; i < hand->levels[1].count; i++)
        sum = checksum_entry(sum, &entries[rows_place(&hand->levels[1], i)]);
    return sum;
}

static void *fan_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM entries WHERE topic_id = 1");
}

const struct side sqlite_fan = {"by hand", fan_open, hand_sqlite_close, NULL, fan_load, sum_fan};

/* ---- Nearly sorted and in random order: sorted by SQLite, and by the program --------------------------------------
 */

static void *revised_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM revised WHERE topic_id = 1");
}

static void *revised_ordered_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM revised WHERE topic_id = 1 ORDER BY id");
}

static void *shuffled_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM shuffled WHERE topic_id = 1");
}

static void *shuffled_ordered_open(const char *url, size_t size)
{
    return open_children(url, size, "SELECT id, topic_id, score, text FROM shuffled WHERE topic_id = 1 ORDER BY id");
}

const struct side sqlite_revised = {"qsort", revised_open, hand_sqlite_close, NULL, sorting_load, sum_fan};
const struct side sqlite_revised_ordered = {"ORDER BY", revised_ordered_open, hand_sqlite_close, NULL, fan_load,
                                            sum_fan};
const struct side sqlite_shuffled = {"qsort", shuffled_open, hand_sqlite_close, NULL, sorting_load, sum_fan};
const struct side sqlite_shuffled_ordered = {"ORDER BY", shuffled_ordered_open, hand_sqlite_close, NULL, fan_load,
                                             sum_fan};
