/* A database: its driver and options, its pools of connections, and how far it has written. */
#ifndef AR_DB_INTERNAL_H
#define AR_DB_INTERNAL_H

#include "pool.h"

#include <stdatomic.h>

struct ar_db {
    const struct driver *driver;
    char *location;               /* what the driver opens; owned */
    struct ar_db_options options; /* no member is zero for "default" any more */
    void (*observer)(const struct ar_event *event, void *payload);
    void *observer_payload;
    struct failure failure;    /* of ar_db_open */
    struct connection *anchor; /* of a database in memory, which is gone with its last connection; used by nobody */
    struct pool primaries;     /* where the URL leads */
    struct pool standbys;      /* for sessions with .replica */
    _Atomic uint64_t writes;   /* that sessions have done and may have committed */
    pthread_mutex_t position_mutex; /* guards what follows */
    uint64_t position;              /* of the primary, which holds … */
    uint64_t position_writes;       /* … so many writes */
};

#endif
