/* How a session reaches its database. It knows nothing of records. */
#ifndef AR_LINK_H
#define AR_LINK_H

#include "link/db.h"

#include <pthread.h>

struct link {
    struct ar_db *db;
    struct connection *connection; /* NULL until first needed */
    struct lease lease;            /* of the connection, or of the previous one */
    bool has_written;              /* and may have more to commit */
    bool has_snapshot;             /* reads run in a transaction that .snapshot began */
    pthread_mutex_t mutex;         /* held while `connection` changes, and by ar_session_interrupt */
};

#endif
