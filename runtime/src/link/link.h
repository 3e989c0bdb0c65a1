/* The link of a session to its database. It knows nothing of records. This header has the data; the others have the
 * calls. */
#ifndef AR_LINK_H
#define AR_LINK_H

#include "base/arena.h"
#include "link/db.h"
#include "model/shard.h"

#include <pthread.h>

struct link_options {
    unsigned timeout_ms;       /* of each statement; 0: none */
    bool replica;              /* read from a standby, if the database has one */
    bool snapshot;             /* all reads outside of transactions read one state of the database */
    struct ar_position after;  /* a standby must have reached this position */
    unsigned max_staleness_ms; /* of a standby that is read while the primary cannot be reached; 0: it is not read */
    bool read_only;            /* nothing is written */
    struct shard_limit shard;  /* of all statements */
};

/* The transaction that ar_begin began. */
struct transaction {
    unsigned depth;    /* 0: none is open; more than 1: savepoints */
    bool is_read_only; /* it was begun with read_only */
    bool is_broken;    /* the database rolled it back by itself: only ar_rollback is possible */
    bool is_unknown;   /* it is broken, and may be committed: its COMMIT was not answered */
};

struct link {
    struct ar_db *db;
    struct link_options options;
    struct failure *failure;       /* the session's: every function that fails sets it */
    struct arena *scratch;         /* the session's, for the duration of one call */
    struct connection *connection; /* NULL until first needed */
    struct lease lease;            /* of the connection, or of the previous one */
    struct transaction transaction;
    bool has_snapshot;     /* reads run in a transaction that .snapshot began */
    bool has_written;      /* something was written that may not be committed yet */
    unsigned write_count;  /* of the runs that may have committed a write */
    uint64_t traced_as;    /* the number of the session in the trace; 0: it has none yet */
    struct link *borrower; /* that has the connection meanwhile, see lend.h; or NULL */
    bool is_borrower;      /* the connection belongs to another link */
    unsigned outer_depth;  /* of the transaction when it was borrowed: these levels belong to the lender */
    pthread_mutex_t mutex; /* held while `connection` or `borrower` changes, and by ar_session_interrupt */
};

/* Return the SQL for the link's database. */
static inline const char *ar_link_sql(const struct link *link, const struct ar_sql *sql)
{
    return link->db->driver->pick(sql);
}

#endif
