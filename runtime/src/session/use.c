/* Detection of the misuse of sessions, in builds without NDEBUG. */
#include "session/use.h"

#ifndef NDEBUG

#include "session/session.h"

static const struct ar_error closed_session = {
    .status = AR_MISUSE, .sqlstate = "", .message = "the session is closed: open a new one with ar_session_open"};
static const struct ar_error closed_database = {
    .status = AR_MISUSE,
    .sqlstate = "",
    .message = "the session's database is closed: call ar_session_close for every session before ar_db_close"};
static const struct ar_error two_threads = {.status = AR_MISUSE,
                                            .sqlstate = "",
                                            .message =
                                                "another thread is using this session: open one session per thread"};

static _Thread_local const struct ar_session *refused;
static _Thread_local const struct ar_error *refusal;

static struct ar_session *refuse(const struct ar_session *s, const struct ar_error *why)
{
    refused = s;
    refusal = why;
    return NULL;
}

const struct ar_error *ar_use_refusal(const struct ar_session *s)
{
    return refused == s ? refusal : NULL;
}

/* Claim the session for this thread, unless another thread has it. */
static bool enter(struct ar_session *s)
{
    uintptr_t self = (uintptr_t)&refused, unused = 0;

    if (atomic_load(&s->use.thread) != self && !atomic_compare_exchange_strong(&s->use.thread, &unused, self))
        return false;
    s->use.depth++;
    return true;
}

static void leave(struct ar_session *s)
{
    if (--s->use.depth == 0)
        atomic_store(&s->use.thread, 0);
}

/* Inside a call that was admitted, all calls are admitted. */
struct ar_session *ar_use_begin(struct ar_session *s)
{
    const struct ar_error *why = NULL;

    if (!enter(s))
        return refuse(s, &two_threads);
    if (s->use.depth == 1 && s->use.is_closed)
        why = &closed_session;
    else if (s->use.depth == 1 && ar_db_use_is_closed(&s->link.db->use))
        why = &closed_database;
    if (why != NULL) {
        leave(s);
        return refuse(s, why);
    }
    if (refused == s)
        refused = NULL;
    return s;
}

void ar_use_end(struct ar_session *const *s)
{
    if (*s != NULL)
        leave(*s);
}

bool ar_use_begin_close(struct ar_session *s)
{
    if (!enter(s))
        return refuse(s, &two_threads) != NULL;
    if (!s->use.is_closed)
        return true;
    leave(s);
    return refuse(s, &closed_session) != NULL;
}

/* ---- Lifetimes --------------------------------------------------------------------------------------------------- */

void ar_use_session_open(struct ar_session *s)
{
    ar_db_use_add_session(&s->link.db->use);
}

void ar_use_session_close(struct ar_session *s, void (*free_session)(struct ar_session *s))
{
    struct ar_db *db = s->link.db;

    s->use.is_closed = true;
    leave(s);
    if (ar_db_use_remove_session(&db->use, s, free_session))
        ar_db_free(db);
}

#endif
