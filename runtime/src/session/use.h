/* Detection of the misuse of sessions in builds without NDEBUG: using a session that is closed, whose database is
 * closed, or in two threads at once is AR_MISUSE. Costs nothing in builds with NDEBUG.
 *
 * A closed session is kept as a tombstone, see link/use.h. The errors are constants, and each thread stores its last
 * one, because the session itself may be in use by another thread. */
#ifndef AR_USE_H
#define AR_USE_H

#include <armature/status.h>

#include <stdbool.h>
#include <stddef.h>

struct ar_error;
struct ar_session;

#ifdef NDEBUG

#define AR_USE(s, otherwise) ((void)0)

static inline const struct ar_error *ar_use_refusal(const struct ar_session *s)
{
    (void)s;
    return NULL;
}

#else

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

void ar_use_session_open(struct ar_session *s);

/* Complete ar_use_begin_close. Keep the closed session as a tombstone and free the oldest one, as well as a closed
 * database without sessions. */
void ar_use_session_close(struct ar_session *s, void (*free_session)(struct ar_session *s));

#endif
#endif
