/* Misuse of sessions and databases, as builds without NDEBUG find it: a session that was closed, or whose database was,
 * and a session that two threads use at once are AR_MISUSE. Costs nothing in builds with NDEBUG.
 *
 * A closed session stays for a while, as a tombstone with its database, so that it can be told from one that is open; a
 * database that is closed first goes with its last session. What is said of a misuse is constant, and each thread knows
 * what it was told last, because the session itself may be in another thread's hands. */
#ifndef AR_USE_H
#define AR_USE_H

#include "error.h"

#include <stdbool.h>

struct ar_db;
struct ar_session;

#ifdef NDEBUG

#define AR_USE(s, otherwise) ((void)0)

static inline const struct ar_error *ar_use_refusal(const struct ar_session *s)
{
    (void)s;
    return NULL;
}

#else

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* Of a session: the thread that is in a call of it, and in how many, one within the other. */
struct session_use {
    _Atomic uintptr_t thread;
    unsigned depth;
    bool is_closed;
    struct failure refused; /* of the query that is handed out if the session must not be used */
};

/* Of a database. */
enum { AR_TOMBSTONES = 64 };

struct db_use {
    pthread_mutex_t mutex;
    size_t session_count; /* that are open */
    bool is_closed;
    struct ar_session *closed[AR_TOMBSTONES]; /* the last that were closed, the next to go at … */
    size_t next;
};

/* Is the first line of every public function that takes a session: returns `otherwise` if the session must not be used.
 * The use ends with the function. */
#define AR_USE(s, otherwise)                                                                                           \
    struct ar_session *ar_used __attribute__((cleanup(ar_use_end))) = ar_use_begin(s);                                 \
    if (ar_used == NULL)                                                                                               \
    return otherwise

/* Begin a use. NULL if the session must not be used: ar_use_refusal knows why. */
struct ar_session *ar_use_begin(struct ar_session *s);
void ar_use_end(struct ar_session *const *s);

/* Why this thread was last refused this session; NULL if it was not, or has used it since. */
const struct ar_error *ar_use_refusal(const struct ar_session *s);

/* Begin to close: false if the session is closed, or another thread uses it. Its database may be closed. */
bool ar_use_begin_close(struct ar_session *s);

void ar_use_db_open(struct ar_db *db);

/* Returns false if sessions are open: the database goes with the last of them. */
bool ar_use_db_close(struct ar_db *db);

/* Frees what is kept of closed sessions. */
void ar_use_db_free(struct ar_db *db);

void ar_use_session_open(struct ar_session *s);

/* End what ar_use_begin_close began. Keeps the closed session as a tombstone; frees the one that makes room for it, and a closed database that has lost its
 * last session. */
void ar_use_session_close(struct ar_session *s);

#endif
#endif
