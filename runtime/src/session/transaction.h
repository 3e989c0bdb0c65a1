/* Transactions and savepoints of a session, and what is needed to undo them in its records. */
#ifndef AR_TRANSACTION_H
#define AR_TRANSACTION_H

#include "driver/driver.h"
#include "store/identity.h"

struct ar_session;

/* A record as it was before a transaction changed it. */
struct undo {
    struct undo *older;
    const struct ar_model *model;
    struct record *record;
    struct record before; /* its header */
    void *data;           /* a copy of the struct, or NULL where it was absent */
    void *image;          /* of the image, whose texts may be others; NULL where there is none */
};

/* One ar_begin. */
struct level {
    struct level *outer;
    uint32_t serial;
    struct undo *undo_before; /* the log's newest entry at ar_begin, and … */
    char *log_before;         /* … where its memory ended */
};

struct transactions {
    struct level *innermost; /* NULL: none is open */
    unsigned depth;
    uint32_t last_serial;
    uint32_t open_serial; /* the last one while any is open; otherwise 0 */
    struct undo *undo;    /* newest first */
    struct arena log;     /* memory of the log; not visible to callers, freed at the end of the transaction */
    bool is_read_only;    /* it was begun so */
    bool is_broken;       /* the database rolled back by itself: only ar_rollback is possible */
    struct level *unused;
};

/* To be called before a record is changed: keeps what it is now, for a rollback. */
enum ar_status ar_transaction_log(struct ar_session *s, const struct ar_model *model, struct record *record);

/* Return AR_MISUSE unless a transaction is open that may write, in which rows can be locked. */
enum ar_status ar_transaction_check_lock(struct ar_session *s, const struct ar_model *model);

/* Ends a transaction that the runtime began for one write: commits, or rolls back where `status` says that it
 * failed. */
enum ar_status ar_transaction_end(struct ar_session *s, enum ar_status status);

/* Return true if the failed statements may be run again: a table was altered after a statement was prepared, and the
 * caller has not begun a transaction. */
bool ar_transaction_may_repeat(const struct ar_session *s, enum ar_status status);

/* Whether a statement may run: not where the database gave the transaction up. */
enum ar_status ar_transaction_check(struct ar_session *s);

/* To be called when a statement failed: notices where the database gave the transaction up. */
void ar_transaction_note_failure(struct ar_session *s);

/* Roll back all open transactions when a session is cleared. */
void ar_transaction_abandon(struct ar_session *s);

#endif
