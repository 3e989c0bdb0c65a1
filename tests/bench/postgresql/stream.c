/* Hand-written, on PostgreSQL: all posts in chunks, each with its user. */
#include "stream.h"
#include "fail.h"
#include "hand_postgresql.h"
#include "side.h"

static uint64_t sum_stream(void *state)
{
    const struct hand_postgresql *hand = state;
    return hand->sum;
}

static struct hand_postgresql *open_stream(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand->parents = bench_allocate(STREAM_CHUNK, sizeof *hand->parents);
    return hand;
}

static void begin(struct hand_postgresql *hand)
{
    hand->sum = 0;
    arena_reset(&hand->texts);
    hand->levels[0].count = hand->levels[1].count = 0;
}

/* Use the rows of a chunk, and drop them. */
static void take_chunk(struct hand_postgresql *hand)
{
    const struct post *posts = hand->levels[0].items;
    const struct user *users = hand->levels[1].items;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        hand->sum = stream_sum(hand->sum, &posts[i], &users[hand->parents[i]]);
    arena_reset(&hand->texts);
    hand->levels[0].count = hand->levels[1].count = 0;
}

/* ---- A cursor of the server -------------------------------------------------------------------------------------- */

/* A user is read again for each of its posts. */
static void *cursor_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = open_stream(url, size);
    hand_postgresql_prepare(
        hand, "declare",
        "DECLARE stream BINARY NO SCROLL CURSOR FOR"
        " SELECT p.id, user_id, title, body, views, p.created_at, u.id, name, email, hair_color, age,"
        " score, active, u.created_at FROM posts AS p JOIN users AS u ON u.id = p.user_id"
        " ORDER BY p.id",
        0);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void send_fetch(const struct hand_postgresql *hand)
{
    const char *fetch = "FETCH 1000 FROM stream";
    hand_postgresql_check(hand, PQsendQueryParams(hand->server, fetch, 0, NULL, NULL, NULL, NULL, 1));
    hand_postgresql_sync(hand);
}

static void cursor_load(void *state)
{
    struct hand_postgresql *hand = state;
    begin(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send(hand, "declare", NULL, 0);
    send_fetch(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    for (size_t seen = 0; seen < hand->size; seen += STREAM_CHUNK) {
        PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
        hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
        for (int row = 0; row < PQntuples(result); row++) {
            hand->parents[row] = (uint32_t)row;
            hand_posts.read(hand, result, row, rows_add(&hand->levels[0], sizeof(struct post)));
            read_user_at(hand, result, row, 6, rows_add(&hand->levels[1], sizeof(struct user)));
        }
        PQclear(result);
        if (seen + STREAM_CHUNK < hand->size)
            send_fetch(hand); /* the server reads the next chunk while this one is used */
        take_chunk(hand);
    }
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
}

const struct side postgresql_stream = {"cursor", cursor_open, hand_postgresql_close, NULL, cursor_load, sum_stream};

/* ---- Chunks ------------------------------------------------------------------------------------------------------ */

/* For each chunk, the posts after the last key, and their users by their distinct keys: two round trips. */
static void *chunks_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = open_stream(url, size);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts WHERE id > $1 ORDER BY id LIMIT 1000",
                            BIGINT);
    hand_postgresql_prepare(hand, "users", "SELECT " HAND_USER " FROM users WHERE id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_pipeline(hand);
    return hand;
}

/* Write the user keys of all posts to the parameter buffer, consecutive duplicates once; return its size. */
static int put_user_keys(struct hand_postgresql *hand)
{
    const struct post *posts = hand->levels[0].items;
    size_t count = 0, seen = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        count += i == 0 || posts[i].user_id != posts[i - 1].user_id;
    char *to = hand_postgresql_parameter(hand, 20 + 12 * count);
    to = hand_postgresql_put_array(to, BIGINT, count, false);
    for (; seen < hand->levels[0].count; seen++)
        if (seen == 0 || posts[seen].user_id != posts[seen - 1].user_id)
            to = put_64(put_32(to, 8), (uint64_t)posts[seen].user_id);
    return (int)(to - hand->parameter);
}

/* BEGIN was sent before the first chunk. */
static void read_chunk(struct hand_postgresql *hand, int64_t after, bool is_first)
{
    struct rows *posts = &hand->levels[0], *users = &hand->levels[1];
    hand_postgresql_send_key(hand, "posts", after);
    hand_postgresql_sync(hand);
    if (is_first)
        hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_read(hand, &hand_posts, posts, hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    hand_postgresql_send(hand, "users", hand->parameter, put_user_keys(hand));
    hand_postgresql_sync(hand);
    hand_postgresql_read(hand, &hand_users, users, hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    key_table_fill(&hand->table, users, sizeof(struct user));
    for (size_t i = 0; i < posts->count; i++) {
        int64_t key = ((const struct post *)posts->items)[i].user_id;
        hand->parents[i] = (uint32_t)key_table_find(&hand->table, users, sizeof(struct user), key) - 1;
    }
}

static void chunks_load(void *state)
{
    struct hand_postgresql *hand = state;
    int64_t after = 0;
    begin(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    for (size_t seen = 0; seen < hand->size; seen += STREAM_CHUNK) {
        read_chunk(hand, after, seen == 0);
        after = ((const struct post *)hand->levels[0].items)[hand->levels[0].count - 1].id;
        take_chunk(hand);
    }
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
}

const struct side postgresql_stream_chunks = {"chunks", chunks_open, hand_postgresql_close,
                                              NULL,     chunks_load, sum_stream};
