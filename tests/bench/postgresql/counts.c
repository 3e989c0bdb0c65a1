/* Hand-written, on PostgreSQL: users with the number of their posts. */
#include "checksum.h"
#include "data.h"
#include "hand_postgresql.h"
#include "side.h"

static uint64_t sum_counts(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct user *users = hand->levels[0].items;
    const int64_t *counts = hand->levels[1].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++)
        sum = checksum_user(sum, &users[i]) * 31 + (uint64_t)counts[i];
    return sum;
}

static void reset(struct hand_postgresql *hand)
{
    arena_reset(&hand->texts);
    hand->levels[0].count = 0;
    hand->levels[1].count = 0;
}

/* One statement, which counts in a sub-select. */
static void *counts_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "users",
                            "SELECT " HAND_USER ", (SELECT count(*) FROM posts WHERE user_id = users.id)"
                            " FROM users WHERE id <= $1",
                            BIGINT);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void counts_load(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send_key(hand, "users", (int64_t)hand->size);
    hand_postgresql_sync(hand);
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    for (int row = 0; row < PQntuples(result); row++) {
        *(int64_t *)rows_add(&hand->levels[1], sizeof(int64_t)) = bigint_field(result, row, 8);
        read_user_at(hand, result, row, 0, rows_add(&hand->levels[0], sizeof(struct user)));
    }
    PQclear(result);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
}

const struct side postgresql_counts = {"sub-select", counts_open, hand_postgresql_close, NULL, counts_load, sum_counts};

/* Two round trips: the users, then the counts by their keys. */
static void *groups_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "users", "SELECT " HAND_USER " FROM users WHERE id <= $1", BIGINT);
    hand_postgresql_prepare(
        hand, "counts", "SELECT user_id, count(*) FROM posts WHERE user_id = ANY($1) GROUP BY user_id", BIGINT_ARRAY);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void groups_load(void *state)
{
    struct hand_postgresql *hand = state;
    struct rows *users = &hand->levels[0];
    reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "users", (int64_t)hand->size);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_read(hand, &hand_users, users, hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    int size = hand_postgresql_put_keys(hand, &hand_users, users);
    hand_postgresql_send(hand, "counts", hand->parameter, size);
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_sync(hand);
    key_table_fill(&hand->table, users, sizeof(struct user));
    for (size_t i = 0; i < users->count; i++)
        *(int64_t *)rows_add(&hand->levels[1], sizeof(int64_t)) = 0;
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    for (int row = 0; row < PQntuples(result); row++) {
        size_t user = key_table_find(&hand->table, users, sizeof(struct user), bigint_field(result, row, 0));
        ((int64_t *)hand->levels[1].items)[user - 1] = bigint_field(result, row, 1);
    }
    PQclear(result);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
}

const struct side postgresql_counts_grouped = {"groups", groups_open, hand_postgresql_close,
                                               NULL,     groups_load, sum_counts};
