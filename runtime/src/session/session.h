/* A session from the inside: who owns what, and how statements run. */
#ifndef AR_SESSION_INTERNAL_H
#define AR_SESSION_INTERNAL_H

#include "link/link.h"
#include "link/replica.h"
#include "link/snapshot.h"
#include "read/query.h"
#include "session/transaction.h"
#include "session/use.h"
#include "store/cache.h"
#include "store/identity.h"
#include "store/store.h"

#include <armature/session.h>

struct ar_session {
    struct link link;
    struct ar_session_options options;
    struct ar_query failed_query; /* what ar_query_open returns when out of memory */
#ifndef NDEBUG
    struct ar_query refused_query; /* … and if the session must not be used */
    struct session_use use;
#endif
    struct store store; /* must be last: the strings of its failure are not cleared */
};

/* Runs one statement, tells the observer, and keeps the failure. `outcome` may be NULL. */
enum ar_status ar_session_run(struct ar_session *s, const struct statement *statement, struct outcome *outcome);

/* The same for several, in one round trip where there are any; the first failure ends it. */
enum ar_status ar_session_run_all(struct ar_session *s, const struct statement *statements, size_t count,
                                  struct outcome *outcomes);

/* Tells the observer, if there is one, of those statements that ran; `started` is what ar_session_clock said before. */
void ar_session_observe(const struct ar_session *s, const struct statement *statements, const struct outcome *outcomes,
                        size_t count, uint64_t started);

/* Microseconds of the monotonic clock; 0 where no observer asks for them. */
uint64_t ar_session_clock(const struct ar_session *s);

/* One statement without telling the observer: for finding out more about a failure. */
enum ar_status ar_session_probe(struct ar_session *s, const struct statement *statement, struct failure *failure);

/* Whether the key that the database chooses for a row of the model is told as `outcome.key`. */
enum ar_status ar_session_tells_key(struct ar_session *s, const struct ar_model *model, bool *out);

/* The driver's next_keys. */
enum ar_status ar_session_next_keys(struct ar_session *s, const struct ar_model *model, size_t count, int64_t *first);

/* Find out from the driver if keys of the relation may be equal without having the same bytes. */
enum ar_status ar_session_compares_by_rules(struct ar_session *s, const struct ar_relation *relation, bool *out);

/* The driver's choose_access_path. */
enum ar_status ar_session_choose_access_path(struct ar_session *s, const struct ar_relation *relation, size_t key_count,
                                             enum access_path *out);

/* The driver's describe. */
enum ar_status ar_session_describe(struct ar_session *s, const struct statement *statement, const char **out);

/* Has the session's connection, from the pool if need be. */
enum ar_status ar_session_connect(struct ar_session *s);

/* Has a connection to the primary instead of the one to a standby. */
enum ar_status ar_session_connect_to_primary(struct ar_session *s);

/* Gives the connection up, and with it whatever is open on it: the next statement takes another. */
void ar_session_disconnect(struct ar_session *s);

/* What a public call ends with: the memory it used in passing is free again. */
static inline enum ar_status ar_session_done(struct ar_session *s, enum ar_status status)
{
    ar_arena_reset(&s->store.scratch, AR_KEPT_BY_CALL);
    return status;
}

/* Free a closed session. */
void ar_session_free(struct ar_session *s);

/* AR_MISUSE where the session only reads. */
enum ar_status ar_session_check_writable(struct ar_session *s, const struct ar_model *model);

enum ar_status ar_session_no_memory(struct ar_session *s);

/* The text for the session's database. */
const char *ar_session_sql(const struct ar_session *s, const struct ar_sql *sql);

#endif
