/* Hand-written, on SQLite: single rows by key, all rows of a table, and rows with their parents. */
#include "checksum.h"
#include "data.h"
#include "fail.h"
#include "hand_sqlite.h"
#include "marks.h"
#include "side.h"

static uint64_t sum_users(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct user *users = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_user(sum, &users[i]);
    return sum;
}

/* ---- W1: users by their keys ---------------------------------------------------------------------------------------
 */

static void *find_open(const char *url, size_t size)
{
    struct hand_sqlite *hand =
        hand_sqlite_open(url, size, "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id = ?1", NULL, NULL);
    hand->ids = bench_allocate(size, sizeof *hand->ids);
    data_draw_users(hand->ids, size);
    return hand;
}

static void find_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *find = hand->statements[0];
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    for (size_t i = 0; i < hand->size; i++) {
        hand_sqlite_check(hand, sqlite3_bind_int64(find, 1, hand->ids[i]));
        if (sqlite3_step(find) == SQLITE_ROW)
            hand_sqlite_read_user(hand, find, 0, rows_add(&hand->levels[0], sizeof(struct user)));
        hand_sqlite_check(hand, sqlite3_reset(find));
    }
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_find = {"by hand", find_open, hand_sqlite_close, NULL, find_load, sum_users};

/* ---- W2: all users ------------------------------------------------------------------------------------------------
 */

static void *users_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "SELECT " HAND_SQLITE_USER("") " FROM users", NULL, NULL);
}

/* A single statement is atomic without BEGIN and COMMIT, which would only add cost. */
static void users_load(void *state)
{
    struct hand_sqlite *hand = state;
    hand_sqlite_reset(hand);
    hand_sqlite_read_users(hand, hand->statements[0], &hand->levels[0]);
}

const struct side sqlite_users = {"by hand", users_open, hand_sqlite_close, NULL, users_load, sum_users};

/* ---- M: all posts --------------------------------------------------------------------------------------------------
 */

static void *posts_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "SELECT " HAND_SQLITE_POST("") " FROM posts", NULL, NULL);
}

static void posts_load(void *state)
{
    struct hand_sqlite *hand = state;
    hand_sqlite_reset(hand);
    hand_sqlite_read_posts(hand, hand->statements[0], &hand->levels[0]);
}

static uint64_t sum_posts(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct post *posts = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_post(sum, &posts[i]);
    return sum;
}

const struct side sqlite_posts = {"by hand", posts_open, hand_sqlite_close, NULL, posts_load, sum_posts};

/* ---- M: small rows ------------------------------------------------------------------------------------------------
 */

static void *marks_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "SELECT id, made_at, name FROM marks", NULL, NULL);
}

static void marks_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct mark *mark = rows_add(&hand->levels[0], sizeof *mark);
        mark->id = sqlite3_column_int64(row, 0);
        mark->made_at = sqlite3_column_int64(row, 1);
        mark->name = hand_sqlite_text(hand, row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static uint64_t sum_marks(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct mark *marks = hand->levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum += (uint64_t)marks[i].id;
    return sum;
}

const struct side sqlite_marks = {"by hand", marks_open, hand_sqlite_close, NULL, marks_load, sum_marks};

/* ---- W3, W3e: posts, and the user of each --------------------------------------------------------------------------
 */

/* levels[0] are the posts, levels[1] the users; `parents` contains the index of each post's user. */
static uint64_t sum_posts_with_users(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct post *posts = hand->levels[0].items;
    const struct user *users = hand->levels[1].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_post(sum, &posts[i]);
        sum = checksum_user(sum, &users[hand->parents[i]]);
    }
    return sum;
}

static struct hand_sqlite *belongs_to_open(const char *url, size_t size, const char *first, const char *second)
{
    struct hand_sqlite *hand = hand_sqlite_open(url, size, first, second, NULL);
    hand->parents = bench_allocate(size, sizeof *hand->parents);
    return hand;
}

/* CROSS JOIN forces the order of the loops; SQLite's planner would start with the users. */
static void *join_open(const char *url, size_t size)
{
    return belongs_to_open(url, size,
                           "SELECT " HAND_SQLITE_POST("p.") ", " HAND_SQLITE_USER(
                               "u.") " FROM posts AS p"
                                     " CROSS JOIN users AS u ON u.id = p.user_id ORDER BY p.id LIMIT ?1",
                           NULL);
}

/* Read a user again for each of its posts, which is faster than detecting duplicates. */
static void join_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    hand_sqlite_bind_size(hand, row);
    while (sqlite3_step(row) == SQLITE_ROW) {
        hand->parents[hand->levels[0].count] = (uint32_t)hand->levels[1].count;
        hand_sqlite_read_post(hand, row, 0, rows_add(&hand->levels[0], sizeof(struct post)));
        hand_sqlite_read_user(hand, row, 6, rows_add(&hand->levels[1], sizeof(struct user)));
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

const struct side sqlite_belongs_to_join = {"join", join_open, hand_sqlite_close,
                                            NULL,   join_load, sum_posts_with_users};

/* Take the user keys from a subquery on posts, which is faster than passing them. */
static void *batch_open(const char *url, size_t size)
{
    return belongs_to_open(
        url, size, "SELECT " HAND_SQLITE_POST("") " FROM posts ORDER BY id LIMIT ?1",
        "SELECT " HAND_SQLITE_USER(
            "") " FROM users"
                " WHERE id IN (SELECT user_id FROM (SELECT user_id FROM posts ORDER BY id LIMIT ?1))");
}

static void batch_load(void *state)
{
    struct hand_sqlite *hand = state;
    struct rows *posts = &hand->levels[0], *users = &hand->levels[1];
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    hand_sqlite_bind_size(hand, hand->statements[0]);
    hand_sqlite_read_posts(hand, hand->statements[0], posts);
    hand_sqlite_bind_size(hand, hand->statements[1]);
    hand_sqlite_read_users(hand, hand->statements[1], users);
    hand_sqlite_run(hand, hand->commit);
    key_table_fill(&hand->table, users, sizeof(struct user));
    for (size_t i = 0; i < posts->count; i++) {
        int64_t key = ((const struct post *)posts->items)[i].user_id;
        hand->parents[i] = (uint32_t)key_table_find(&hand->table, users, sizeof(struct user), key) - 1;
    }
}

const struct side sqlite_belongs_to_batch = {"batch", batch_open, hand_sqlite_close,
                                             NULL,    batch_load, sum_posts_with_users};

/* One statement per user: N+1 statements, which are cheap with an in-process database. */
static void *lazy_open(const char *url, size_t size)
{
    return belongs_to_open(url, size, "SELECT " HAND_SQLITE_POST("") " FROM posts ORDER BY id LIMIT ?1",
                           "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id = ?1");
}

static void lazy_load(void *state)
{
    struct hand_sqlite *hand = state;
    struct rows *posts = &hand->levels[0], *users = &hand->levels[1];
    sqlite3_stmt *find = hand->statements[1];
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    hand_sqlite_bind_size(hand, hand->statements[0]);
    hand_sqlite_read_posts(hand, hand->statements[0], posts);
    for (size_t i = 0; i < posts->count; i++) {
        hand->parents[i] = (uint32_t)i;
        hand_sqlite_check(hand, sqlite3_bind_int64(find, 1, ((const struct post *)posts->items)[i].user_id));
        if (sqlite3_step(find) == SQLITE_ROW)
            hand_sqlite_read_user(hand, find, 0, rows_add(users, sizeof(struct user)));
        hand_sqlite_check(hand, sqlite3_reset(find));
    }
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_lazy = {"one by one", lazy_open, hand_sqlite_close, NULL, lazy_load, sum_posts_with_users};
