/* Hand-written, on SQLite: all posts in chunks, each with its user. */
#include "stream.h"
#include "fail.h"
#include "hand_sqlite.h"
#include "side.h"

static uint64_t sum_stream(void *state)
{
    const struct hand_sqlite *hand = state;
    return hand->sum;
}

/* Use the rows of a chunk, and drop them. */
static void take_chunk(struct hand_sqlite *hand)
{
    const struct post *posts = hand->levels[0].items;
    const struct user *users = hand->levels[1].items;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        hand->sum = stream_sum(hand->sum, &posts[i], &users[hand->parents[i]]);
    hand_sqlite_reset(hand);
}

/* ---- One statement ----------------------------------------------------------------------------------------------- */

/* CROSS JOIN forces the order of the loops. A user is read again for each of its posts. */
static void *join_open(const char *url, size_t size)
{
    struct hand_sqlite *hand = hand_sqlite_open(
        url, size,
        "SELECT " HAND_SQLITE_POST("p.") ", " HAND_SQLITE_USER("u.") " FROM posts AS p"
                                                                     " CROSS JOIN users AS u ON u.id = p.user_id"
                                                                     " ORDER BY p.id LIMIT ?1",
        NULL, NULL);
    hand->parents = bench_allocate(STREAM_CHUNK, sizeof *hand->parents);
    return hand;
}

static void join_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand->sum = 0;
    hand_sqlite_reset(hand);
    hand_sqlite_bind_size(hand, row);
    while (sqlite3_step(row) == SQLITE_ROW) {
        hand->parents[hand->levels[0].count] = (uint32_t)hand->levels[1].count;
        hand_sqlite_read_post(hand, row, 0, rows_add(&hand->levels[0], sizeof(struct post)));
        hand_sqlite_read_user(hand, row, 6, rows_add(&hand->levels[1], sizeof(struct user)));
        if (hand->levels[0].count == STREAM_CHUNK)
            take_chunk(hand);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    take_chunk(hand);
}

const struct side sqlite_stream = {"join", join_open, hand_sqlite_close, NULL, join_load, sum_stream};

/* ---- Two statements ---------------------------------------------------------------------------------------------- */

/* One statement over all posts; for each chunk, the users that it needs, each by its key. */
static void *keys_open(const char *url, size_t size)
{
    struct hand_sqlite *hand =
        hand_sqlite_open(url, size, "SELECT " HAND_SQLITE_POST("") " FROM posts ORDER BY id LIMIT ?1",
                         "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id = ?1", NULL);
    hand->parents = bench_allocate(STREAM_CHUNK, sizeof *hand->parents);
    return hand;
}

/* Return the index of a user, which is usually that of the post before. */
static uint32_t find_user(struct hand_sqlite *hand, int64_t key)
{
    struct rows *users = &hand->levels[1];
    sqlite3_stmt *find = hand->statements[1];
    const struct user *known = users->items;
    for (size_t i = users->count; i-- > 0 && i + 8 > users->count;)
        if (known[i].id == key)
            return (uint32_t)i;
    hand_sqlite_check(hand, sqlite3_bind_int64(find, 1, key));
    if (sqlite3_step(find) == SQLITE_ROW)
        hand_sqlite_read_user(hand, find, 0, rows_add(users, sizeof(struct user)));
    hand_sqlite_check(hand, sqlite3_reset(find));
    return (uint32_t)(users->count - 1);
}

static void take_chunk_by_keys(struct hand_sqlite *hand)
{
    for (size_t i = 0; i < hand->levels[0].count; i++)
        hand->parents[i] = find_user(hand, ((const struct post *)hand->levels[0].items)[i].user_id);
    take_chunk(hand);
}

static void keys_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand->sum = 0;
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    hand_sqlite_bind_size(hand, row);
    while (sqlite3_step(row) == SQLITE_ROW) {
        hand_sqlite_read_post(hand, row, 0, rows_add(&hand->levels[0], sizeof(struct post)));
        if (hand->levels[0].count == STREAM_CHUNK)
            take_chunk_by_keys(hand);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    take_chunk_by_keys(hand);
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_stream_by_keys = {"by keys", keys_open, hand_sqlite_close, NULL, keys_load, sum_stream};
