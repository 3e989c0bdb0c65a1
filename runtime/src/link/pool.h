/* Connections of one kind that sessions share: to where the program writes, or to standbys. Safe across threads. */
#ifndef AR_POOL_H
#define AR_POOL_H

#include "driver/driver.h"

#include <pthread.h>

struct ar_db;
struct pool;

/* A server that is no standby has, and is, the newest state. */
#define NO_STANDBY UINT64_MAX

/* A connection, and what is known of its server. */
struct lease {
    struct pool *pool;
    struct connection *connection;
    uint64_t replayed; /* the position that its server has reached at least; or NO_STANDBY */
    uint64_t made_at;  /* by the database's clock */
};

struct pool {
    struct ar_db *db;
    bool is_for_standbys;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t returned;
    struct lease *idle; /* room for pool_size; NULL: the pool is not open */
    unsigned idle_count;
    unsigned open_count;
};

enum ar_status ar_pool_open(struct pool *pool, struct ar_db *db, bool is_for_standbys);

/* Closes its connections, all of which must have been given back. Nothing for a pool that is not open. */
void ar_pool_close(struct pool *pool);

/* Takes a connection from the pool, or makes one, or waits for one. AR_BUSY: none came back in time.
 *   wanted  the one that whoever asks had last, which knows its statements and, mostly, is served by the same
 * processor; it may be gone, and is not looked into. NULL: any */
enum ar_status ar_pool_take(struct pool *pool, const struct connection *wanted, struct lease *out,
                            struct failure *failure);

/* Gives it back. One that is still in a transaction is closed. */
void ar_pool_give_back(const struct lease *lease);

#endif
