/* A session: one unit of work (a request, a job) in one thread at a time.
 *
 * The one ownership rule: whatever a session hands out (records, their text, lists, queries) lives until
 * ar_session_clear or ar_session_close. Nothing else is freed by hand.
 *
 * Where the runtime is built without NDEBUG, a session that is closed, or whose database is, and a session that two threads
 * use at once are AR_MISUSE; otherwise their use is undefined. AddressSanitizer, if the runtime is built with it, and
 * valgrind, without NDEBUG, report the use of what a session handed out before ar_session_clear.
 *
 * One row is one pointer within a session. A row that is met again refreshes its record, unless the program changed
 * the record: then the program's values stay. Relations that were loaded are remembered. */
#ifndef ARMATURE_SESSION_H
#define ARMATURE_SESSION_H

#include <armature/db.h>
#include <armature/model.h>
#include <armature/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ar_session;

/* Zero in a member is the default. */
struct ar_session_options {
    bool strict;             /* a lazy load is an error (AR_MISUSE) that names model and relation */
    bool read_only;          /* nothing is saved: no image of each record is kept, half the memory */
    bool load_one;           /* a lazy access loads for its record alone, not for all its siblings */
    bool cache_off;          /* for relations that say nothing of their own: every access loads */
    unsigned cache_ttl;      /* the same, in seconds; 0: for ever */
    unsigned cache_max_size; /* the same, in owners per relation; 0: any number */
    /* How long each statement may take, in milliseconds, before its call returns AR_INTERRUPTED and a message that names
     * this option; 0: as ar_db_options says. SQLite asks for the time while the statement runs, and waits no longer for a
     * lock either (AR_BUSY). A PostgreSQL server is sent it as statement_timeout and ends the statement by itself. If the
     * server does not even do that within one more second, because it or the network is frozen, the connection is closed.
     * With no_named_statements the server is not sent it: the connection is closed after timeout_ms of silence, and the
     * server may work on for a while. Within a transaction, all that is left is ar_rollback. */
    unsigned timeout_ms;
    /* All reads see one state of the database: the one that the session's first read found. The session is in a read
     * transaction from then until it is cleared, writes, begins a transaction, or fails to read; the next read begins
     * another. SQLite then finds a record by its key several times faster, because it takes no lock for each read.
     * While it lasts, SQLite's WAL grows with what others write and PostgreSQL keeps rows that others delete, but nobody
     * waits; with no_wal, writers do. It is for a unit of work, not for a program's life. */
    bool snapshot;
    /* PostgreSQL: reads from a standby of the URL's hosts if there is one, with .read_only alone. Each read, or the first
     * of a transaction, sees all that sessions of the same struct ar_db had committed before. For that, the first one
     * after a write takes a connection to the primary for one round trip; it fails where that fails. Where a write has
     * not arrived at the standby within replica_wait_ms, the primary is read instead until ar_session_clear. A commit
     * that did not wait for the disk by a SET of its own (synchronous_commit) may be missed. SQLite has no standbys:
     * there it is a session as any other that only reads. */
    bool replica;
    uint64_t after; /* with .replica: sees all before this position as well, which ar_session_position told elsewhere */
};

/* Opens a session. It takes a connection when it first needs one.
 *   options   copied; NULL for the defaults
 * AR_NO_MEMORY: *out is NULL. AR_MISUSE: .replica without .read_only; *out can only tell that, and be closed. */
AR_MUST_CHECK enum ar_status ar_session_open(struct ar_db *db, const struct ar_session_options *options,
                                             struct ar_session **out);

/* Forgets everything: records, lists, queries and caches are gone. An open transaction is rolled back and the
 * connection given back. The session is as good as new. It keeps memory for what comes next: as much as was used, up to
 * 64 MB of records and as much of texts, and less again once several clears in a row find most of it unused. */
void ar_session_clear(struct ar_session *s);

/* Return how many bytes of memory the session holds. Every record, text, list and query takes some until the session is
 * cleared; reading a row again, writing it, and ending a transaction take none, unless a text changed. A program that
 * keeps a session for long clears it when this has grown too large. */
size_t ar_session_memory(const struct ar_session *s);

/* As clear, and frees the session. NULL is nothing. */
void ar_session_close(struct ar_session *s);

/* The last failure of a call on this session; status AR_OK where there was none. Lives until the next failure. */
const struct ar_error *ar_session_error(const struct ar_session *s);

/* What a transaction sees of others that commit meanwhile. SQLite has but one level, the strictest, and takes any. */
enum ar_isolation {
    AR_ISOLATION_DEFAULT,        /* of the database; PostgreSQL's is READ COMMITTED unless set otherwise */
    AR_ISOLATION_READ_COMMITTED, /* each statement sees what was committed before it */
    /* All statements see what was committed before the first. A write to a row that another transaction has changed
     * since is AR_BUSY: run the transaction again. */
    AR_ISOLATION_REPEATABLE_READ,
    AR_ISOLATION_SERIALIZABLE /* and it is AR_BUSY if no order of transactions, one after the other, gives the same */
};

/* Zero in a member is the default. */
struct ar_transaction_options {
    enum ar_isolation isolation;
    bool read_only; /* nothing can be saved (AR_MISUSE); on SQLite it takes no lock for writing */
};

/* Begin a transaction, or within one a savepoint: transactions nest, and each ar_begin has its ar_commit or
 * ar_rollback.
 *
 * On SQLite a transaction takes the lock for writing at once, so that it cannot fail for it later, and nothing that it
 * reads changes before it ends. AR_BUSY: another connection writes, for longer than busy_timeout_ms.
 *
 * On PostgreSQL transactions run side by side, and a row is locked when it is first written. By default, what is found,
 * changed and saved overwrites what another transaction committed in between. Against that, lock the row as it is read
 * (<model>_find_for_update, <model>_for_update: others wait), begin with AR_ISOLATION_REPEATABLE_READ (the later one is
 * AR_BUSY), or give the model an AR_VERSION (the later one is AR_CONFLICT). */
AR_MUST_CHECK enum ar_status ar_begin(struct ar_session *s);

/* Begin a transaction with options; NULL for the defaults. AR_MISUSE: within a transaction, with any option set: they are
 * those of the outermost one. */
AR_MUST_CHECK enum ar_status ar_begin_with(struct ar_session *s, const struct ar_transaction_options *options);

/* Ends the innermost transaction. Where COMMIT fails with AR_BUSY, the transaction is still open: commit again, or
 * roll back. AR_CONSTRAINT: a deferred foreign key. AR_MISUSE: none is open; or, on PostgreSQL, a statement of it
 * failed, which ends it there: nothing was committed, call ar_rollback. A write that may fail without ending the
 * transaction goes into a savepoint. */
AR_MUST_CHECK enum ar_status ar_commit(struct ar_session *s);

/* End the innermost transaction and undo it, in the database and in the session. Records that it wrote have the values
 * they were loaded with again, relations that it loaded are forgotten, and rows that it read are read again when next
 * met: a row that was read after update_all, delete_all, ar_execute or a caller-owned struct had changed it keeps in its
 * record what was read until then. Caller-owned structs are left as they are: one that was inserted keeps its generated
 * key, and is inserted again only with the key set to 0. */
AR_MUST_CHECK enum ar_status ar_rollback(struct ar_session *s);

/* Runs `callback` in a transaction: begins it, and commits where the callback returns AR_OK; otherwise rolls back and
 * returns its status. A failure that another try may mend (AR_BUSY: a lock, a deadlock, a serialization failure) is
 * tried again, up to 8 times, after a pause of a few milliseconds; the callback must bear to be called again. Within a
 * transaction it is a savepoint and tried once: the outermost one is what must be repeated. */
AR_MUST_CHECK enum ar_status
ar_transaction(struct ar_session *s, enum ar_status (*callback)(struct ar_session *s, void *payload), void *payload);

/* Run `callback` in a transaction with options, as ar_transaction does without. */
AR_MUST_CHECK enum ar_status ar_transaction_with(struct ar_session *s, const struct ar_transaction_options *options,
                                                 enum ar_status (*callback)(struct ar_session *s, void *payload),
                                                 void *payload);

/* Ends the statement that the session runs just now: its call returns AR_INTERRUPTED. The one function of a session
 * that may be called from another thread; the session must not be closed meanwhile. Between statements it does
 * nothing, and it never meets the next one. On PostgreSQL it makes a connection, and the statement's call does not
 * return before that is done: tcp_user_timeout in the URL bounds it. */
void ar_session_interrupt(struct ar_session *s);

/* Where the database's history is that the session reads: all that was committed before is at or before this position.
 * Handed over to another process, after ar_commit, a session that is opened there with it as .after sees the same.
 *   out   0 on SQLite, and on failure
 * Takes one round trip. AR_BUSY, AR_UNAVAILABLE, or AR_MISUSE in a transaction that the database gave up. */
AR_MUST_CHECK enum ar_status ar_session_position(struct ar_session *s, uint64_t *out);

/* Creates the tables and indexes of models, in any order, where they do not exist, in one transaction:
 * ar_create_tables(s, &user_model, &post_model). */
#ifdef __cplusplus
#define ar_create_tables(s, ...) ar_create_tables_of(s, __VA_ARGS__)
#else
#define ar_create_tables(s, ...)                                                                                       \
    ar_create_table_list(s, (const struct ar_model *const[]){__VA_ARGS__},                                             \
                         sizeof((const struct ar_model *const[]){__VA_ARGS__}) / sizeof(const struct ar_model *))
#endif
AR_MUST_CHECK enum ar_status ar_create_table_list(struct ar_session *s, const struct ar_model *const *models,
                                                  size_t count);

/* Runs SQL of the program's own, one statement or several: for what no model says, but not for BEGIN and COMMIT, which
 * are ar_begin and ar_commit. Rows are not returned. It may change anything, so every remembered relation is
 * forgotten, records are read again when next met, and a session with .replica refuses it (AR_MISUSE). */
AR_MUST_CHECK enum ar_status ar_execute(struct ar_session *s, const char *sql);

#ifdef __cplusplus
}

template <class... models> enum ar_status ar_create_tables_of(struct ar_session *s, const models *...each)
{
    const struct ar_model *const list[] = {each...};
    return ar_create_table_list(s, list, sizeof...(models));
}
#endif
#endif
