/* Hand-written, on SQLite: rows of a join, in any order and sorted. */
#include "hand_sqlite.h"
#include "lines_checksum.h"
#include "side.h"

static uint64_t sum_lines(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct line *lines = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_line(sum, &lines[i]);
    return sum;
}

static void *lines_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, LINES_SELECT "?1", NULL, NULL);
}

static void *sorted_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, LINES_SELECT "?1" LINES_ORDER, NULL, NULL);
}

static void lines_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    hand_sqlite_bind_size(hand, row);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct line *line = rows_add(&hand->levels[0], sizeof *line);
        line->post_id = sqlite3_column_int64(row, 0);
        line->title = hand_sqlite_text(hand, row, 1);
        line->name = hand_sqlite_text(hand, row, 2);
        line->views = sqlite3_column_int64(row, 3);
        line->score = sqlite3_column_double(row, 4);
        line->created_at = sqlite3_column_int64(row, 5);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

const struct side sqlite_lines = {"by hand", lines_open, hand_sqlite_close, NULL, lines_load, sum_lines};
const struct side sqlite_sorted = {"by hand", sorted_open, hand_sqlite_close, NULL, lines_load, sum_lines};
