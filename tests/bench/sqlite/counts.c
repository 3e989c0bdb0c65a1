/* Hand-written, on SQLite: users with the number of their posts. */
#include "checksum.h"
#include "data.h"
#include "hand_sqlite.h"
#include "side.h"

static uint64_t sum_counts(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct user *users = hand->levels[0].items;
    const int64_t *counts = hand->levels[1].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_user(sum, &users[i]) * 31 + (uint64_t)counts[i];
    return sum;
}

/* One statement, which counts in a sub-select. */
static void *counts_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size,
                            "SELECT " HAND_SQLITE_USER(
                                "") ", (SELECT count(*) FROM posts WHERE user_id = users.id) FROM users WHERE id <= ?1",
                            NULL, NULL);
}

static void counts_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    hand_sqlite_bind_size(hand, row);
    while (sqlite3_step(row) == SQLITE_ROW) {
        int64_t *count = rows_add(&hand->levels[1], sizeof *count);
        *count = sqlite3_column_int64(row, 8);
        hand_sqlite_read_user(hand, row, 0, rows_add(&hand->levels[0], sizeof(struct user)));
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

const struct side sqlite_counts = {"sub-select", counts_open, hand_sqlite_close, NULL, counts_load, sum_counts};

/* The users, then the counts of their groups, in the order of the users. */
static void *groups_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id <= ?1",
                            "SELECT u.id, count(*) FROM users AS u CROSS JOIN posts AS p ON p.user_id = u.id"
                            " WHERE u.id <= ?1 GROUP BY u.id",
                            NULL);
}

static void groups_load(void *state)
{
    struct hand_sqlite *hand = state;
    struct rows *users = &hand->levels[0];
    sqlite3_stmt *row = hand->statements[1];
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    hand_sqlite_bind_size(hand, hand->statements[0]);
    hand_sqlite_read_users(hand, hand->statements[0], users);
    hand_sqlite_bind_size(hand, row);
    for (size_t i = 0; i < users->count; i++)
        *(int64_t *)rows_add(&hand->levels[1], sizeof(int64_t)) = 0;
    for (size_t i = 0; sqlite3_step(row) == SQLITE_ROW; i++) {
        while (((const struct user *)users->items)[i].id != sqlite3_column_int64(row, 0))
            i++;
        ((int64_t *)hand->levels[1].items)[i] = sqlite3_column_int64(row, 1);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_counts_grouped = {"groups", groups_open, hand_sqlite_close, NULL, groups_load, sum_counts};
