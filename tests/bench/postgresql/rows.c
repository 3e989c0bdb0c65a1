/* Hand-written, on PostgreSQL: single rows by key, all rows of a table, and rows with their parents. */
#include "checksum.h"
#include "data.h"
#include "fail.h"
#include "hand_postgresql.h"
#include "marks.h"
#include "side.h"

static uint64_t sum_users(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct user *users = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_user(sum, &users[i]);
    return sum;
}

static void reset(struct hand_postgresql *hand)
{
    arena_reset(&hand->texts);
    hand->levels[0].count = hand->levels[1].count = 0;
}

/* ---- W1: users by their keys ---------------------------------------------------------------------------------------
 */

static void *find_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "find", "SELECT " HAND_USER " FROM users WHERE id = $1", BIGINT);
    hand->ids = bench_allocate(size, sizeof *hand->ids);
    data_draw_users(hand->ids, size);
    return hand;
}

/* Wait for each row, as a program does that needs one row at a time. All that can be optimized is to use prepared
 * statements and binary results. */
static void find_load(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    for (size_t i = 0; i < hand->size; i++) {
        hand_postgresql_send_key(hand, "find", hand->ids[i]);
        hand_postgresql_read(hand, &hand_users, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    }
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
}

const struct side postgresql_find = {"by hand", find_open, hand_postgresql_close, NULL, find_load, sum_users};

/* ---- W2: all users ------------------------------------------------------------------------------------------------
 */

static void *users_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "users", "SELECT " HAND_USER " FROM users", 0);
    return hand;
}

/* Full result: libpq buffers all rows, which are copied afterwards. */
static void users_load(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send(hand, "users", NULL, 0);
    hand_postgresql_read(hand, &hand_users, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
}

const struct side postgresql_users = {"full result", users_open, hand_postgresql_close, NULL, users_load, sum_users};

/* Single-row mode: each row is copied while it is in the CPU cache, and the memory of its result is reused. */
static void users_load_single_row(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send(hand, "users", NULL, 0);
    hand_postgresql_read_single_rows(hand, &hand_users, &hand->levels[0]);
}

const struct side postgresql_users_single_row = {"single-row mode",     users_open, hand_postgresql_close, NULL,
                                                 users_load_single_row, sum_users};

/* Chunked rows, of libpq 17: as in single-row mode, but one result for many rows. */
#ifdef LIBPQ_HAS_CHUNK_MODE
static void users_load_chunks(void *state)
{
    struct hand_postgresql *hand = state;
    PGresult *result;
    reset(hand);
    hand_postgresql_send(hand, "users", NULL, 0);
    hand_postgresql_check(hand, PQsetChunkedRowsMode(hand->server, 256));
    while ((result = PQgetResult(hand->server)) != NULL && PQresultStatus(result) == PGRES_TUPLES_CHUNK)
        hand_postgresql_read(hand, &hand_users, &hand->levels[0], result);
    hand_postgresql_check(hand, PQresultStatus(result) == PGRES_TUPLES_OK);
    PQclear(result);
    hand_postgresql_check(hand, PQgetResult(hand->server) == NULL);
}

const struct side postgresql_users_chunks = {"chunked rows", users_open,        hand_postgresql_close,
                                             NULL,           users_load_chunks, sum_users};
#endif

/* ---- M: all posts --------------------------------------------------------------------------------------------------
 */

static void *posts_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts", 0);
    return hand;
}

static void posts_load(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send(hand, "posts", NULL, 0);
    hand_postgresql_read(hand, &hand_posts, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
}

static uint64_t sum_posts(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct post *posts = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_post(sum, &posts[i]);
    return sum;
}

const struct side postgresql_posts = {"by hand", posts_open, hand_postgresql_close, NULL, posts_load, sum_posts};

/* ---- M: small rows ------------------------------------------------------------------------------------------------
 */

static void read_mark(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct mark *mark = out;
    mark->id = bigint_field(result, row, 0);
    mark->made_at = bigint_field(result, row, 1);
    mark->name = text_field(hand, result, row, 2);
}

static const struct kind marks = {sizeof(struct mark), read_mark};

static void *marks_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "marks", "SELECT id, made_at, name FROM marks", 0);
    return hand;
}

static void marks_load(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send(hand, "marks", NULL, 0);
    hand_postgresql_read_single_rows(hand, &marks, &hand->levels[0]);
}

static uint64_t sum_marks(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct mark *items = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum += (uint64_t)items[i].id;
    return sum;
}

const struct side postgresql_marks = {"by hand", marks_open, hand_postgresql_close, NULL, marks_load, sum_marks};

/* ---- W3, W3e: posts, and the user of each --------------------------------------------------------------------------
 */

/* levels[0] are the posts, levels[1] the users; `parents` contains the index of each post's user. */
static uint64_t sum_posts_with_users(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct post *posts = hand->levels[0].items;
    const struct user *users = hand->levels[1].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_post(sum, &posts[i]);
        sum = checksum_user(sum, &users[hand->parents[i]]);
    }
    return sum;
}

static struct hand_postgresql *belongs_to_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand->parents = bench_allocate(size, sizeof *hand->parents);
    return hand;
}

/* One statement, one round trip. */
static void *join_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = belongs_to_open(url, size);
    hand_postgresql_prepare(hand, "join",
                            "SELECT p.*, u.* FROM (SELECT " HAND_POST " FROM posts ORDER BY id LIMIT $1) AS p"
                            " JOIN (SELECT " HAND_USER " FROM users) AS u ON u.id = p.user_id ORDER BY p.id",
                            BIGINT);
    return hand;
}

static void join_load(void *state)
{
    struct hand_postgresql *hand = state;
    struct rows *posts = &hand->levels[0], *users = &hand->levels[1];
    reset(hand);
    hand_postgresql_send_key(hand, "join", (int64_t)hand->size);
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    int count = PQntuples(result);
    for (int i = 0; i < count; i++) {
        hand_posts.read(hand, result, i, rows_add(posts, sizeof(struct post)));
        read_user_at(hand, result, i, 6, rows_add(users, sizeof(struct user)));
        hand->parents[i] = (uint32_t)i;
    }
    PQclear(result);
}

const struct side postgresql_belongs_to_join = {"join", join_open, hand_postgresql_close,
                                                NULL,   join_load, sum_posts_with_users};

/* The posts, then their users by distinct keys: two round trips in one read transaction. */
static void *batch_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = belongs_to_open(url, size);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts ORDER BY id LIMIT $1", BIGINT);
    hand_postgresql_prepare(hand, "users", "SELECT " HAND_USER " FROM users WHERE id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_pipeline(hand);
    return hand;
}

/* Write the user keys of all posts to the parameter buffer; return its size. PostgreSQL removes duplicates. */
static int put_user_keys(struct hand_postgresql *hand, const struct rows *posts)
{
    char *to = hand_postgresql_parameter(hand, 20 + 12 * posts->count);
    to = hand_postgresql_put_array(to, BIGINT, posts->count, false);
    for (size_t i = 0; i < posts->count; i++)
        to = put_64(put_32(to, 8), (uint64_t)((const struct post *)posts->items)[i].user_id);
    return (int)(to - hand->parameter);
}

static void batch_load(void *state)
{
    struct hand_postgresql *hand = state;
    struct rows *posts = &hand->levels[0], *users = &hand->levels[1];
    reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "posts", (int64_t)hand->size);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_read(hand, &hand_posts, posts, hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    int size = put_user_keys(hand, posts);
    hand_postgresql_send(hand, "users", hand->parameter, size);
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_sync(hand);
    hand_postgresql_read(hand, &hand_users, users, hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    key_table_fill(&hand->table, users, sizeof(struct user));
    for (size_t i = 0; i < posts->count; i++) {
        int64_t key = ((const struct post *)posts->items)[i].user_id;
        hand->parents[i] = (uint32_t)key_table_find(&hand->table, users, sizeof(struct user), key) - 1;
    }
}

const struct side postgresql_belongs_to_batch = {"batch", batch_open, hand_postgresql_close,
                                                 NULL,    batch_load, sum_posts_with_users};
