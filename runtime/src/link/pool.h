/* A pool of connections that sessions share: to the server where they write, or to standbys. Thread-safe. */
#ifndef AR_POOL_H
#define AR_POOL_H

#include "link/position.h"

#include <pthread.h>

struct budget;
struct clock;
struct pool;

/* A connection, and what is known of its server. */
struct lease {
    struct pool *pool;
    struct connection *connection;
    struct position server; /* has got at least as far; of a standby, in the pool for them */
    uint64_t made_at;       /* when it was opened, by the pool's clock */
};

struct pool {
    /* Set by the owner before ar_pool_open; they outlive the pool. */
    const struct driver *driver;
    const char *location; /* what the driver opens */
    const struct ar_db_options *options;
    const struct clock *clock;
    bool is_for_standbys;
    struct budget *budget; /* of the connections of several databases; NULL: there is no limit but pool_size */
    pthread_mutex_t mutex; /* guards the following members */
    pthread_cond_t returned;
    struct lease *idle; /* pool_size of them; NULL: the pool is not open */
    unsigned idle_count;
    unsigned open_count;
};

enum ar_status ar_pool_open(struct pool *pool, struct failure *failure);

/* Close the pool's connections, all of which must have been returned. Do nothing if the pool is not open.
 *   is_inherited   the connections belong to the parent process and are left open */
void ar_pool_close(struct pool *pool, bool is_inherited);

/* Take an idle connection, open one, or wait for one. AR_BUSY if none was returned in time.
 *   wanted   the caller's previous connection, which has prepared its statements and is probably served by the same
 *            processor; it is only compared and may be closed. NULL: any */
enum ar_status ar_pool_take(struct pool *pool, const struct connection *wanted, struct lease *out,
                            struct failure *failure);

/* Close idle connections until only `kept` of them are left. Return true if one was closed. */
bool ar_pool_shrink(struct pool *pool, unsigned kept);

/* Return a connection. It is closed if it is unusable or still in a transaction. */
void ar_pool_give_back(const struct lease *lease);

#endif
