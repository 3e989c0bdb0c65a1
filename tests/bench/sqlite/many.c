/* Hand-written, on SQLite: the lists of a hundred models, each by a prepared statement. */
#include "many.h"
#include "data_shapes.h"
#include "fail.h"
#include "hand_sqlite.h"
#include "side.h"

#include <stdio.h>
#include <stdlib.h>

struct many {
    struct hand_sqlite *hand; /* its first statement finds a hub */
    sqlite3_stmt *lists[KIND_COUNT];
};

static void *many_open(const char *url, size_t size)
{
    struct many *many = bench_allocate(1, sizeof *many);
    many->hand = hand_sqlite_open(url, size, "SELECT id, name FROM hubs WHERE id = ?1", NULL, NULL);
    for (unsigned i = 0; i < KIND_COUNT; i++) {
        char sql[128];
        (void)snprintf(sql, sizeof sql, "SELECT id, hub_id, name FROM kinds_%02u WHERE hub_id = ?1 ORDER BY id", i);
        many->lists[i] = hand_sqlite_prepare(many->hand, sql);
    }
    return many;
}

static void many_close(void *state)
{
    struct many *many = state;
    for (size_t i = 0; i < KIND_COUNT; i++)
        sqlite3_finalize(many->lists[i]);
    hand_sqlite_close(many->hand);
    free(many);
}

static const struct hub *find_hub(struct hand_sqlite *hand, int64_t id)
{
    sqlite3_stmt *row = hand->statements[0];
    struct hub *hub = rows_add(&hand->levels[0], sizeof *hub);
    hand_sqlite_check(hand, sqlite3_bind_int64(row, 1, id));
    hand_sqlite_check(hand, sqlite3_step(row));
    hub->id = sqlite3_column_int64(row, 0);
    hub->name = hand_sqlite_text(hand, row, 1);
    hand_sqlite_check(hand, sqlite3_reset(row));
    return hub;
}

/* All kinds have the layout of the first one. */
static void read_list(struct hand_sqlite *hand, sqlite3_stmt *row, int64_t hub_id)
{
    hand_sqlite_check(hand, sqlite3_bind_int64(row, 1, hub_id));
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct kind_00 *each = rows_add(&hand->levels[1], sizeof *each);
        each->id = sqlite3_column_int64(row, 0);
        each->hub_id = sqlite3_column_int64(row, 1);
        each->name = hand_sqlite_text(hand, row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static void many_load(void *state)
{
    const struct many *many = state;
    struct hand_sqlite *hand = many->hand;
    hand->sum = 0;
    for (int64_t id = 1; id <= HUB_COUNT; id++) {
        hand_sqlite_reset(hand);
        int64_t hub_id = find_hub(hand, id)->id;
        for (size_t i = 0; i < KIND_COUNT; i++)
            read_list(hand, many->lists[i], hub_id);
        const struct kind_00 *kinds = hand->levels[1].items;
        for (size_t i = 0; i < hand->levels[1].count; i++)
            hand->sum += (uint64_t)kinds[i].id;
    }
}

static uint64_t sum_many(void *state)
{
    return ((const struct many *)state)->hand->sum;
}

const struct side sqlite_many = {"all prepared", many_open, many_close, NULL, many_load, sum_many};
