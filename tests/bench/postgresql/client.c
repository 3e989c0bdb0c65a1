/* A hand-written thread on PostgreSQL: one connection per thread, in pipeline mode. */
#include "client.h"
#include "fail.h"
#include "hand_postgresql.h"

static void *open_all(const char *url)
{
    (void)url;
    return NULL;
}

static void close_all(void *shared)
{
    (void)shared;
}

static void *open_client(const char *url, void *shared)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, 0);
    (void)shared;
    hand_postgresql_prepare(hand, "find", "SELECT " HAND_USER " FROM users WHERE id = $1", BIGINT);
    hand_postgresql_prepare(hand, "users", "SELECT " HAND_USER " FROM users WHERE id >= $1 AND id < $1 + 10", BIGINT);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts WHERE user_id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "draft", "SELECT views FROM drafts WHERE id = $1", BIGINT);
    hand_postgresql_prepare(hand, "change", "UPDATE drafts SET views = views + 1 WHERE id = $1", BIGINT);
    hand_postgresql_pipeline(hand);
    return hand;
}

static int64_t find(void *state, int64_t id)
{
    struct hand_postgresql *hand = state;
    arena_reset(&hand->texts);
    hand->levels[0].count = 0;
    hand_postgresql_send_key(hand, "find", id);
    hand_postgresql_sync(hand);
    hand_postgresql_read(hand, &hand_users, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    return ((const struct user *)hand->levels[0].items)[0].age;
}

static int64_t tree(void *state, int64_t first)
{
    struct hand_postgresql *hand = state;
    arena_reset(&hand->texts);
    hand->levels[0].count = 0;
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "users", first);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_read(hand, &hand_users, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    int size = hand_postgresql_put_keys(hand, &hand_users, &hand->levels[0]);
    hand_postgresql_send(hand, "posts", hand->parameter, size);
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_sync(hand);
    hand_postgresql_read_children(hand, &hand_users, &hand->levels[0], &hand_posts, &hand->levels[1],
                                  hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    return (int64_t)hand->levels[1].count;
}

static int64_t change(void *state, int64_t id)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_send_key(hand, "draft", id);
    hand_postgresql_sync(hand);
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    int64_t views = bigint_field(result, 0, 0) + 1;
    PQclear(result);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    hand_postgresql_send_key(hand, "change", id);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    return views;
}

const struct client client_postgresql = {"by hand", open_all, close_all, open_client, hand_postgresql_close,
                                         find,      tree,     change};
