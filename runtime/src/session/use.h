/* Detection of the misuse of sessions and databases in builds without NDEBUG: using a session that is closed, whose
 * database is closed, or in two threads at once is AR_MISUSE. Costs nothing in builds with NDEBUG.
 *
 * A closed session is kept for a while as a tombstone in its database, so that it can be distinguished from an open
 * one. A database that is closed first is freed with its last session. The errors are constants, and each thread stores
 * its last one, because the session itself may be in use by another thread. */
#ifndef AR_USE_H
#define AR_USE_H

#include "base/error.h"

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

/* The state of a session: the thread that is in a call of it, and the nesting depth of its calls. */
struct session_use {
    _Atomic uintptr_t thread;
    unsigned depth;
    bool is_closed;
    struct failure refused; /* of the query returned if the session must not be used */
};

/* The state of a database. */
enum { AR_TOMBSTONES = 64 };

struct db_use {
    pthread_mutex_t mutex;
    size_t session_count; /* that are open */
    bool is_closed;
    struct ar_session *closed[AR_TOMBSTONES]; /* the last that were closed, the next to go at … */
    size_t next;
};

/* Must be the first line of every public function that takes a session. Returns `otherwise` if the session must not be
 * used. The use ends with the function. */
#define AR_USE(s, otherwise)                                                                                           \
    struct ar_session *ar_used __attribute__((cleanup(ar_use_end))) = ar_use_begin(s);                                 \
    if (ar_used == NULL)                                                                                               \
    return otherwise

/* Begin a use. Return NULL if the session must not be used; ar_use_refusal then returns the reason. */
struct ar_session *ar_use_begin(struct ar_session *s);
void ar_use_end(struct ar_session *const *s);

/* Return the reason why this thread was last refused this session; NULL if it was not, or has used it since. */
const struct ar_error *ar_use_refusal(const struct ar_session *s);

/* Begin to close the session. Return false if it is closed or another thread uses it. Its database may be closed. */
bool ar_use_begin_close(struct ar_session *s);

void ar_use_db_open(struct ar_db *db);

/* Return false if sessions are open; the database is then freed with the last of them. */
bool ar_use_db_close(struct ar_db *db);

/* Free the tombstones of closed sessions. */
void ar_use_db_free(struct ar_db *db);

void ar_use_session_open(struct ar_session *s);

/* Complete ar_use_begin_close. Keep the closed session as a tombstone and free the oldest one, as well as a closed
 * database without sessions. */
void ar_use_session_close(struct ar_session *s);

#endif
#endif
