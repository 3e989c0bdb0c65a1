/* Hand-written, on PostgreSQL: rows of a join, in any order and sorted. */
#include "hand_postgresql.h"
#include "lines_checksum.h"
#include "side.h"

static uint64_t sum_lines(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct line *lines = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_line(sum, &lines[i]);
    return sum;
}

static void *lines_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "lines", LINES_SELECT "$1", BIGINT);
    return hand;
}

static void *sorted_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "lines", LINES_SELECT "$1" LINES_ORDER, BIGINT);
    return hand;
}

static void read_line(struct hand_postgresql *hand, const PGresult *result, int row, struct line *line)
{
    line->post_id = bigint_field(result, row, 0);
    line->title = text_field(hand, result, row, 1);
    line->name = text_field(hand, result, row, 2);
    line->views = bigint_field(result, row, 3);
    line->score = double_field(result, row, 4);
    line->created_at = time_field(result, row, 5);
}

static void reset(struct hand_postgresql *hand)
{
    arena_reset(&hand->texts);
    hand->levels[0].count = 0;
}

/* Full result: libpq buffers all rows, which are copied afterwards. */
static void lines_load(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send_key(hand, "lines", (int64_t)hand->size);
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    for (int i = 0; i < PQntuples(result); i++)
        read_line(hand, result, i, rows_add(&hand->levels[0], sizeof(struct line)));
    PQclear(result);
}

const struct side postgresql_lines = {"by hand", lines_open, hand_postgresql_close, NULL, lines_load, sum_lines};
const struct side postgresql_sorted = {"by hand", sorted_open, hand_postgresql_close, NULL, lines_load, sum_lines};
