/* The connection pool behind a database. */
#ifndef AR_DB_INTERNAL_H
#define AR_DB_INTERNAL_H

#include "driver.h"

#include <pthread.h>

struct ar_db {
    const struct driver *driver;
    char *location;               /* what the driver opens; owned */
    struct ar_db_options options; /* no member is zero for "default" any more */
    void (*observer)(const struct ar_event *event, void *payload);
    void *observer_payload;
    struct failure failure;    /* of ar_db_open */
    struct connection *anchor; /* of a database in memory, which is gone with its last connection; used by nobody */
    pthread_mutex_t mutex;     /* guards what follows */
    pthread_cond_t returned;
    struct connection **idle; /* room for pool_size */
    unsigned idle_count;
    unsigned open_count;
};

/* Takes a connection from the pool, or makes one, or waits for one. AR_BUSY: none came back in time. */
enum ar_status ar_db_take(struct ar_db *db, struct connection **out, struct failure *failure);

/* Gives it back. One that is still in a transaction is closed. */
void ar_db_give_back(struct ar_db *db, struct connection *connection);

#endif
