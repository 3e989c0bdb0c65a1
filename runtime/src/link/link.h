/* The link of a session to its database. It knows nothing of records. */
#ifndef AR_LINK_H
#define AR_LINK_H

#include "link/db.h"

#include <pthread.h>

/* The transaction that ar_begin began. */
struct transaction {
    unsigned depth;    /* 0: none is open; more than 1: savepoints */
    bool is_read_only; /* it was begun with read_only */
    bool is_broken;    /* the database rolled it back by itself: only ar_rollback is possible */
};

struct link {
    struct ar_db *db;
    struct connection *connection; /* NULL until first needed */
    struct lease lease;            /* of the connection, or of the previous one */
    bool has_written;              /* and may have more to commit */
    bool has_snapshot;             /* reads run in a transaction that .snapshot began */
    struct transaction transaction;
    pthread_mutex_t mutex; /* held while `connection` changes, and by ar_session_interrupt */
};

#endif
