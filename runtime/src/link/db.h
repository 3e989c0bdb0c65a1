/* A database: its driver and options, its pools of connections, and how far it has written. */
#ifndef AR_DB_INTERNAL_H
#define AR_DB_INTERNAL_H

#include "base/clock.h"
#include "base/shared.h"
#include "link/pool.h"
#include "link/token.h"
#include "link/use.h"

#include <stdatomic.h>
#include <stdbool.h>

struct tenant;
struct tree_history;

struct ar_db {
    const struct driver *driver;
    char *location;               /* what the driver opens; owned */
    struct ar_db_options options; /* defaults are filled in, except statement_cache_size and clock */
    struct clock clock;           /* for .ttl */
    void (*observer)(const struct ar_event *event, void *payload);
    void *observer_payload;
    _Atomic(struct trace *) trace; /* NULL until one is first opened */
    struct failure failure;        /* of ar_db_open, ar_trace_open and ar_trace_close */
    struct connection *anchor; /* keeps a database in memory alive, which is deleted with its last connection; unused */
    struct shared_map layouts; /* of records, by model; for the stores of its sessions */
    struct shared_map by_key;  /* SQL that loads a relation for one key, by relation; for the read layer */
    struct shared_map write_texts;               /* SQL that writes single records, by model; for the write layer */
    _Atomic(struct tree_history *) tree_history; /* of the read layer; NULL until a tree is noted */
    struct pool primaries;                       /* to the server of the URL */
    struct pool standbys;                        /* for sessions with .replica */
    _Atomic(void *) spare;          /* memory of a closed session, for the next one to be opened; or NULL */
    _Atomic uint64_t writes;        /* number of writes that sessions may have committed */
    pthread_mutex_t position_mutex; /* guards the following members */
    struct ar_position position;    /* of the primary */
    uint64_t position_writes;       /* the value of `writes` that it includes */
    uint64_t outage_until;          /* in microseconds: the primary was not reached, and is not tried before */
    struct budget *budget;          /* of the connections of several databases, or NULL */
    struct tenant *tenant;          /* its place among several databases, or NULL */
    unsigned forks;                 /* value of the fork count when it was opened */
    bool is_open;                   /* false: it only serves ar_db_error */
#ifndef NDEBUG
    struct db_use use;
#endif
};

/* The number of fork() calls between the first process and this one. */
extern atomic_uint ar_fork_count;

/* Return it, and count the fork() calls from now on. */
unsigned ar_fork_count_now(void);

/* Return true if an ancestor of this process opened the database before fork(). Its connections belong to that process
 * and must be neither used nor closed. */
static inline bool ar_db_is_inherited(const struct ar_db *db)
{
    return atomic_load_explicit(&ar_fork_count, memory_order_relaxed) != db->forks;
}

/* Do what ar_db_open does, without a check of its tables. The budget may be NULL. */
enum ar_status ar_db_connect(const char *url, const struct ar_db_options *options, struct budget *budget,
                             struct ar_db **out);

/* Return a database that only serves ar_db_error, without an error yet; NULL if out of memory. */
struct ar_db *ar_db_make(void);

/* Close its connections and free it. */
void ar_db_free(struct ar_db *db);

#endif
