/* Hand-written, on SQLite: one parent with many children. */
#include "checksum.h"
#include "hand_sqlite.h"
#include "side.h"

static void *fan_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "SELECT id, name FROM topics WHERE id = 1",
                            "SELECT id, topic_id, score, text FROM entries WHERE topic_id = 1", NULL);
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

static uint64_t sum_fan(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct entry *entries = hand->levels[1].items;
    uint64_t sum = checksum_topic(0, hand->levels[0].items);
    for (size_t i = 0; i < hand->levels[1].count; i++)
        sum = checksum_entry(sum, &entries[i]);
    return sum;
}

const struct side sqlite_fan = {"by hand", fan_open, hand_sqlite_close, NULL, fan_load, sum_fan};
