/* Hand-written, on PostgreSQL: requests of one or two statements. */
#include "data.h"
#include "fail.h"
#include "hand_postgresql.h"
#include "side.h"

static void *requests_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "user", "SELECT " HAND_USER " FROM users WHERE id = $1", BIGINT);
    hand_postgresql_prepare(hand, "post", "SELECT " HAND_POST " FROM posts WHERE id = $1", BIGINT);
    hand_postgresql_prepare(hand, "users", "SELECT " HAND_USER " FROM users WHERE id <= $1", BIGINT);
    hand->ids = bench_allocate(size, sizeof *hand->ids);
    data_draw_users(hand->ids, size);
    return hand;
}

static const struct user *find_user(struct hand_postgresql *hand, int64_t id)
{
    hand_postgresql_send_key(hand, "user", id);
    hand_postgresql_read(hand, &hand_users, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    return hand->levels[0].items;
}

static const struct post *find_post(struct hand_postgresql *hand, int64_t id)
{
    hand_postgresql_send_key(hand, "post", id);
    hand_postgresql_read(hand, &hand_posts, &hand->levels[1], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    return hand->levels[1].items;
}

/* All requests use one connection; each request drops its rows at the end. */
static void sessions_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand->sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        hand_postgresql_reset(hand);
        hand->sum += (uint64_t)find_user(hand, hand->ids[i])->created_at;
    }
}

static void lazy_requests_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand->sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        hand_postgresql_reset(hand);
        hand->sum += (uint64_t)find_user(hand, find_post(hand, hand->ids[i])->user_id)->created_at;
    }
}

static void few_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand->sum = 0;
    for (size_t i = 0; i < hand->size; i++) {
        hand_postgresql_reset(hand);
        hand_postgresql_send_key(hand, "users", 10);
        hand_postgresql_read(hand, &hand_users, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
        hand->sum += hand->levels[0].count;
    }
}

static uint64_t sum_requests(void *state)
{
    return ((const struct hand_postgresql *)state)->sum;
}

const struct side postgresql_sessions = {"by hand", requests_open, hand_postgresql_close,
                                         NULL,      sessions_load, sum_requests};
const struct side postgresql_lazy_requests = {"by hand", requests_open,      hand_postgresql_close,
                                              NULL,      lazy_requests_load, sum_requests};
const struct side postgresql_few = {"by hand", requests_open, hand_postgresql_close, NULL, few_load, sum_requests};
