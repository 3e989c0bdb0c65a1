/* A thread with Armature: one session per thread on a shared pool, cleared after each unit of work. */
#include "client.h"
#include "armature_side.h"
#include "data.h"
#include "fail.h"

static void check_session(const struct ar_session *session, enum ar_status status)
{
    if (status != AR_OK)
        bench_fail("armature", ar_session_error(session)->message);
}

/* Open all connections before timing starts: open one session per thread, so that each takes a connection. */
static void *open_all(const char *url)
{
    struct ar_db *db;
    struct ar_session *sessions[CLIENTS_MAX];
    if (ar_db_open(url, NULL, &db) != AR_OK)
        bench_fail("armature", ar_db_error(db)->message);
    for (size_t i = 0; i < CLIENTS_MAX; i++) {
        if (ar_session_open(db, NULL, &sessions[i]) != AR_OK)
            bench_fail("armature", "no session");
        check_session(sessions[i], ar_begin(sessions[i]));
        check_session(sessions[i], ar_commit(sessions[i]));
    }
    for (size_t i = 0; i < CLIENTS_MAX; i++)
        ar_session_close(sessions[i]);
    return db;
}

static void close_all(void *shared)
{
    ar_db_close(shared);
}

static void *open_client(const char *url, void *shared)
{
    struct ar_session *session;
    (void)url;
    if (ar_session_open(shared, NULL, &session) != AR_OK)
        bench_fail("armature", "no session");
    return session;
}

static void close_client(void *state)
{
    ar_session_close(state);
}

static int64_t find(void *state, int64_t id)
{
    struct user *user;
    check_session(state, user_find(state, id, &user));
    int64_t age = user->age;
    ar_session_clear(state);
    return age;
}

static int64_t tree(void *state, int64_t first)
{
    struct user_list list;
    int64_t count = 0;
    struct user_query *users = user_query(state);
    user_where(users, ar_ge(user_column.id, first));
    user_where(users, ar_lt(user_column.id, first + CLIENT_TREE_USERS));
    user_with_posts(users);
    check_session(state, user_all(users, &list));
    for (size_t i = 0; i < list.count; i++) {
        struct post_list posts;
        check_session(state, user_posts(state, list.items[i], &posts));
        count += (int64_t)posts.count;
    }
    ar_session_clear(state);
    return count;
}

static int64_t change(void *state, int64_t id)
{
    struct draft *draft;
    check_session(state, draft_find(state, id, &draft));
    int64_t views = ++draft->views;
    check_session(state, draft_save(state, draft));
    ar_session_clear(state);
    return views;
}

const struct client client_armature = {"Armature", open_all, close_all, open_client, close_client, find, tree, change};
