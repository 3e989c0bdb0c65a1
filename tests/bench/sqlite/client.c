/* A hand-written thread on SQLite: one connection per thread. */
#include "client.h"
#include "data.h"
#include "fail.h"
#include "hand_sqlite.h"

#include <stdlib.h>

enum { BUSY_MILLISECONDS = 5000 };

struct client_state {
    struct hand_sqlite *hand;
    sqlite3_stmt *posts, *draft;
};

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
    struct client_state *state = bench_allocate(1, sizeof *state);
    (void)shared;
    state->hand = hand_sqlite_open(url, 0, "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id = ?1",
                                   "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id >= ?1 AND id < ?2",
                                   "UPDATE drafts SET views = ?2 WHERE id = ?1");
    state->posts =
        hand_sqlite_prepare(state->hand, "SELECT " HAND_SQLITE_POST("p.") " FROM users AS u"
                                                                          " CROSS JOIN posts AS p ON p.user_id = u.id"
                                                                          " WHERE u.id >= ?1 AND u.id < ?2");
    state->draft = hand_sqlite_prepare(state->hand, "SELECT views FROM drafts WHERE id = ?1");
    hand_sqlite_check(state->hand, sqlite3_busy_timeout(state->hand->db, BUSY_MILLISECONDS));
    return state;
}

static void close_client(void *payload)
{
    struct client_state *state = payload;
    sqlite3_finalize(state->posts);
    sqlite3_finalize(state->draft);
    hand_sqlite_close(state->hand);
    free(state);
}

static void bind(const struct hand_sqlite *hand, sqlite3_stmt *statement, int place, int64_t number)
{
    hand_sqlite_check(hand, sqlite3_bind_int64(statement, place, number));
}

static int64_t find(void *payload, int64_t id)
{
    struct hand_sqlite *hand = ((struct client_state *)payload)->hand;
    hand_sqlite_reset(hand);
    bind(hand, hand->statements[0], 1, id);
    hand_sqlite_read_users(hand, hand->statements[0], &hand->levels[0]);
    return ((const struct user *)hand->levels[0].items)[0].age;
}

static int64_t tree(void *payload, int64_t first)
{
    struct client_state *state = payload;
    struct hand_sqlite *hand = state->hand;
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    bind(hand, hand->statements[1], 1, first);
    bind(hand, hand->statements[1], 2, first + CLIENT_TREE_USERS);
    hand_sqlite_read_users(hand, hand->statements[1], &hand->levels[0]);
    bind(hand, state->posts, 1, first);
    bind(hand, state->posts, 2, first + CLIENT_TREE_USERS);
    hand_sqlite_read_posts(hand, state->posts, &hand->levels[1]);
    hand_sqlite_run(hand, hand->commit);
    return (int64_t)hand->levels[1].count;
}

static int64_t change(void *payload, int64_t id)
{
    struct client_state *state = payload;
    struct hand_sqlite *hand = state->hand;
    bind(hand, state->draft, 1, id);
    hand_sqlite_check(hand, sqlite3_step(state->draft));
    int64_t views = sqlite3_column_int64(state->draft, 0) + 1;
    hand_sqlite_check(hand, sqlite3_reset(state->draft));
    bind(hand, hand->statements[2], 1, id);
    bind(hand, hand->statements[2], 2, views);
    hand_sqlite_run(hand, hand->statements[2]);
    return views;
}

const struct client client_sqlite = {"by hand", open_all, close_all, open_client, close_client, find, tree, change};
