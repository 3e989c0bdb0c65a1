/* The data of a session: a store, a link, and the options of the layers above. */
#ifndef AR_SESSION_INTERNAL_H
#define AR_SESSION_INTERNAL_H

#include "link/link.h"
#include "store/store.h"

#include <armature/session.h>

#ifndef NDEBUG
#include <stdatomic.h>

/* The state of a session in builds that detect misuse, see session/use.h. */
struct session_use {
    _Atomic uintptr_t thread; /* in a call with this session; 0: none */
    unsigned depth;           /* of nested calls */
    bool is_closed;
    struct failure refused; /* of the query that is returned if the session must not be used */
};
#endif

struct ar_query;
struct change;
struct running_hook;

/* Rows that were written, for the hooks that are called when a transaction ends, see session/changes.h. */
struct change_log {
    struct change *newest;
    struct change **slots; /* a hash table, by model and key */
    size_t capacity;       /* of `slots`: a power of two, or 0 */
    size_t count;
    size_t prepared; /* entries that are not yet in the log */
};

/* The broken rules of a record, see session/violations.h. */
struct violations {
    struct arena memory; /* of the items and their strings */
    struct ar_violation *items;
    size_t count, capacity;
    const struct ar_column *first; /* of the first one; NULL if it is about the record */
};

/* Bytes of a spare query, of which only the read layer knows the type. */
enum { AR_SPARE_QUERY_SIZE = 328 };

struct ar_session {
    struct link link;
    bool is_strict;            /* a lazy load is an error */
    bool loads_one;            /* a lazy load covers one record */
    bool is_stopped;           /* ar_each_stop was called */
    struct running_hook *hook; /* the innermost hook that runs; NULL if none does */
    unsigned floor;            /* depth of the transaction of the innermost ar_transaction whose function runs; or 0 */
    struct change_log changes;
    struct violations violations; /* of the last record that broke a rule */
    unsigned delete_chunk;        /* rows that .dependent = destroy deletes by one statement; 0: the default */
    struct ar_query *spare_query; /* memory for the query that ar_query_open returns if out of memory */
#ifndef NDEBUG
    struct ar_query *refused_query; /* the query that it returns if the session must not be used; zero until then */
    struct session_use use;
#endif
    struct store store; /* must be last: the strings of its failure are not cleared */
};

/* Something may have been committed or not: read records and relations again when they are next used. */
void ar_session_doubt(struct ar_session *s);

/* Free the scratch memory at the end of a public call, and return its status. */
static inline enum ar_status ar_session_done(struct ar_session *s, enum ar_status status)
{
    if (status == AR_UNKNOWN_OUTCOME)
        ar_session_doubt(s);
    ar_arena_reset(&s->store.scratch, AR_KEPT_BY_CALL);
    return status;
}

#endif
