/** @file
 * A session: one unit of work (a request, a job), used by one thread at a time.
 *
 * Ownership: everything a session returns (records, their strings, lists, queries) belongs to the session and is valid
 * until ar_session_clear or ar_session_close. The caller frees nothing else.
 *
 * Identity: within a session, a row is always the same record at the same address. Reading the row again refreshes the
 * record, unless the caller has changed it; then the caller's values stay. Loaded relations are cached.
 *
 * Threads: different sessions of a database may be used in different threads at once; one session may move from thread
 * to thread between calls. Only ar_session_interrupt may be called while another thread uses the session.
 *
 * Misuse: using a session that is closed, whose database is closed, or in two threads at once is undefined; if the
 * runtime is built without NDEBUG, it is AR_MISUSE. A runtime built with AddressSanitizer, or valgrind with a runtime
 * built without NDEBUG, reports the use of memory that the session has freed in ar_session_clear. */
#ifndef ARMATURE_SESSION_H
#define ARMATURE_SESSION_H

#include <armature/db.h>
#include <armature/model.h>
#include <armature/position.h>
#include <armature/scope.h>
#include <armature/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_session;

/** Options of ar_session_open. Zero is the default of every member. */
struct ar_session_options {
    bool strict;             /**< a lazy load is AR_MISUSE; the message names model and relation */
    bool read_only;          /**< writes are AR_MISUSE; the session keeps no image of each record: half the memory */
    bool load_one;           /**< a lazy load covers its record only, not all its siblings */
    bool cache_off;          /**< default of relations without .cache: every access loads */
    unsigned cache_ttl;      /**< default of relations without .cache: time to live in seconds; 0: no limit */
    unsigned cache_max_size; /**< default of relations without .cache: maximum number of owners; 0: no limit */
    /** Time limit of each statement in milliseconds; 0: timeout_ms of ar_db_options.
     *
     * A statement that exceeds it returns AR_INTERRUPTED, and the message names this option. SQLite checks the time
     * while the statement runs, and waits no longer than this for a lock (AR_BUSY). PostgreSQL receives it as
     * statement_timeout, and the server ends the statement; if it does not do so within one more second, because the
     * server or the network hangs, the connection is closed; what it may have committed is AR_UNKNOWN_OUTCOME. In a
     * transaction, only ar_rollback is possible afterwards. */
    unsigned timeout_ms;
    /** All reads see one state of the database, that of the session's first read.
     *
     * This opens a read transaction, which lasts until the session is cleared, writes, begins a transaction, or fails
     * to read; the next read opens another. On SQLite, finding a record by its key is several times faster, because
     * reads no longer take a lock each. Meanwhile SQLite's WAL grows with every write and PostgreSQL keeps deleted
     * rows, but no session waits for another; with no_wal, writers wait. Use it for a unit of work, not for the
     * lifetime of a program. */
    bool snapshot;
    /** PostgreSQL: read from a standby, if the URL has a host that is one; requires .read_only.
     *
     * Each read, or the first of a transaction, sees everything that sessions of the same ar_db committed before.
     * Therefore the first read after a write needs a round trip to the primary, and fails if that fails. If the standby
     * has not replayed a write within replica_wait_ms, the session reads from the primary until ar_session_clear.
     * Commits made with synchronous_commit = off may be missed if that was set by SET. On SQLite, which has no
     * standbys, this option has no effect. */
    bool replica;
    struct ar_position after; /**< with .replica: also see all commits up to this position, of ar_session_position */
    /** With .replica: read from a standby although the primary cannot be reached, if it misses only what was committed
     * in this number of milliseconds; 0: do not.
     *
     * While the primary answers, reads see everything that they see without this option. When it does not, they see
     * what the standby has, unless that is before `after`. How much it misses is not known then; at most it is
     * everything since the last transaction that it has replayed was committed (pg_last_xact_replay_timestamp). If this
     * is longer ago than the limit, because the standby was behind or because nothing was written, the read is
     * AR_UNAVAILABLE. A transaction that is committed every few seconds, such as a heartbeat, keeps the time short. It
     * is measured with the clocks of both servers. */
    unsigned max_staleness_ms;
    /** Rows that `.dependent = destroy` selects and deletes by one statement each; 0: 1,000. A delete keeps at most
     * this many rows of each level in memory. */
    unsigned delete_chunk;
    /** Limit the session to the rows of one tenant: `.scope = ar_scope(tenant_id)`.
     *
     * Every statement on a model with an AR_SHARD_KEY, and on each such model that it joins, has the condition that the
     * shard key has this value. An insert sets a shard key that is zero or NULL. A key, record, condition or assignment
     * with another value is AR_MISUSE, and so is a row with another value that user SQL returns. Of user SQL, AR_SQL
     * may run if it has the parameter `:scope` or reads no model with a shard key, ar_sql_all and ar_execute_with if
     * the SQL has `:scope`; ar_execute may not. Other models are not limited, but a delete of their rows is AR_MISUSE
     * if the database would delete or change rows of sharded models with them.
     *
     * Use it for each session that serves one tenant. It cannot be changed while the session is open. The type of the
     * value must be that of the shard keys: any other model is AR_MISUSE. */
    struct ar_session_scope scope;
    /** A statement on models with an AR_SHARD_KEY that is not limited to one value of it is AR_MISUSE, before it is
     * sent: on a sharded database it would run on several servers. The message names the model, and the error has the
     * SQL. A query needs a condition that the shard key is equal to one value, combined by AND; with .scope, the
     * session adds it. User SQL is AR_MISUSE as with .scope. Changes of reference tables are not affected. */
    bool one_shard;
};

/** Open a session. It takes a connection when it first needs one.
 *
 * @param db       open database; must outlive the session
 * @param options  copied; NULL for the defaults
 * @param out      receives the session, to be closed by ar_session_close
 * @retval AR_MISUSE     .replica without .read_only, or .scope is zero, NULL or empty: the session only serves
 *                       ar_session_error and must be closed. Or ar_db_open has failed: *out is NULL
 * @retval AR_NO_MEMORY  out of memory; *out is NULL */
AR_MUST_CHECK enum ar_status ar_session_open(struct ar_db *db, const struct ar_session_options *options,
                                             struct ar_session **out);

/** Free all records, lists, queries and caches of the session, roll back an open transaction and return the connection
 * to the pool. The session can be used again like a new one.
 *
 * It keeps as much memory as it used for the next unit of work, up to 64 MB for records and 64 MB for strings, and
 * shrinks it when several consecutive clears find most of it unused. */
void ar_session_clear(struct ar_session *s);

/** Return the number of bytes that the session holds.
 *
 * Every new record, string, list and query adds to it until the session is cleared. Reading a row again, writing it, or
 * ending a transaction adds nothing, unless a string changed. A program that keeps a session for long should clear it
 * when this has grown too large. */
size_t ar_session_memory(const struct ar_session *s);

/** Clear the session and free it. NULL is allowed. */
void ar_session_close(struct ar_session *s);

/** Return the last failure of a call on this session.
 *
 * @param s  session
 * @return  an error with status AR_OK if nothing has failed; never NULL. Valid until the next failure, ar_session_clear
 *          or ar_session_close. */
const struct ar_error *ar_session_error(const struct ar_session *s);

/** Isolation levels. SQLite transactions are always serializable; there, every level is accepted. */
enum ar_isolation {
    AR_ISOLATION_DEFAULT, /**< the database's default; on PostgreSQL, READ COMMITTED unless configured otherwise */
    AR_ISOLATION_READ_COMMITTED, /**< each statement sees what was committed before it */
    /** All statements see what was committed before the first one. Writing a row that another transaction has changed
     * since is AR_BUSY: run the transaction again. */
    AR_ISOLATION_REPEATABLE_READ,
    /** As REPEATABLE READ; also AR_BUSY if no serial order of the transactions has this result. */
    AR_ISOLATION_SERIALIZABLE
};

/** Options of ar_begin_with. Zero is the default of every member. */
struct ar_transaction_options {
    enum ar_isolation isolation; /**< what the transaction sees of others */
    bool read_only;              /**< writes are AR_MISUSE; on SQLite, the transaction takes no write lock */
    /** For ar_transaction_with: repeat the transaction for this number of milliseconds while it returns AR_UNAVAILABLE;
     * 0: do not. Each try takes another connection, to whichever host of the URL accepts it. The last try begins before
     * this time has passed, and may take connect_timeout_ms longer. */
    unsigned retry_unavailable_ms;
};

/** Begin a transaction or, inside a transaction, a savepoint. Transactions nest; each ar_begin needs an ar_commit or
 * ar_rollback.
 *
 * On SQLite, a transaction takes the write lock at once, so that no later statement can fail to get it, and the data
 * that it reads does not change before it ends.
 *
 * On PostgreSQL, transactions run concurrently, and a row is locked when it is first written. By default, a find
 * followed by a save overwrites what another transaction committed in between. To prevent this, lock the row when
 * reading it (`<model>_find_for_update`, `<model>_for_update`: other transactions wait), begin with
 * AR_ISOLATION_REPEATABLE_READ (the later one is AR_BUSY), or give the model an AR_VERSION (the later one is
 * AR_CONFLICT).
 *
 * @param s  session
 * @retval AR_BUSY         no connection was free, or on SQLite another connection held the write lock for longer than
 *                         busy_timeout_ms
 * @retval AR_UNAVAILABLE  the database cannot be reached */
AR_MUST_CHECK enum ar_status ar_begin(struct ar_session *s);

/** Begin a transaction with options.
 *
 * @param s        session
 * @param options  copied; NULL for the defaults
 * @retval AR_MISUSE  a transaction is open and an option is set: options belong to the outermost transaction; or the
 *                    isolation level does not exist
 * @return  otherwise as ar_begin */
AR_MUST_CHECK enum ar_status ar_begin_with(struct ar_session *s, const struct ar_transaction_options *options);

/** Commit the innermost transaction.
 *
 * @param s  session
 * @retval AR_BUSY        the transaction is still open: commit again or roll back
 * @retval AR_CONSTRAINT  a deferred foreign key is violated
 * @retval AR_UNKNOWN_OUTCOME  the connection was lost after COMMIT was sent and before it was answered: the transaction
 *                        may be committed or not. Call ar_rollback, then find out by reading. Records are as after any
 *                        rollback, and all are read again when they are next used. Hooks at the end of a transaction
 *                        are not called.
 * @retval AR_UNAVAILABLE  the connection was lost before, or the transaction is read-only; call ar_rollback
 * @retval AR_MISUSE      no transaction is open or, on PostgreSQL, one of its statements failed, which aborts the
 *                        transaction: nothing was committed, call ar_rollback. Run a write that may fail in a
 *                        savepoint. */
AR_MUST_CHECK enum ar_status ar_commit(struct ar_session *s);

/** Roll back the innermost transaction, in the database and in the session.
 *
 * Records that it wrote get back the values they were loaded with, relations that it loaded are dropped from the cache,
 * and rows that it read are refreshed when they are next read. Until then, a record keeps what the transaction read, if
 * update_all, delete_all, ar_execute or a caller-owned struct had changed the row before. A change that was not saved
 * stays in its record. Caller-owned structs are not touched: an inserted one keeps its generated key; set the key to 0
 * to insert it again.
 *
 * @param s  session
 * @retval AR_MISUSE  no transaction is open */
AR_MUST_CHECK enum ar_status ar_rollback(struct ar_session *s);

/** Run a function in a transaction. Commit if it returns AR_OK; otherwise roll back and return its status.
 *
 * On AR_BUSY (a lock, a deadlock, a serialization failure) repeat the transaction after a few milliseconds, up to 8
 * times. Before that, all records get the database's values again: unsaved changes are lost, also those made before the
 * call. So change records inside the callback, which must tolerate repeated calls. Inside a transaction it runs once,
 * in a savepoint: only the outermost transaction can be repeated.
 *
 * AR_UNAVAILABLE, for example during a failover, is repeated if `retry_unavailable_ms` of ar_transaction_with is set:
 * no try has sent COMMIT. AR_UNKNOWN_OUTCOME is never repeated.
 *
 * @code
 * static enum ar_status deposit(struct ar_session *s, void *payload)
 * {
 *     const struct transfer *transfer = payload;
 *     struct account *account;
 *     enum ar_status status = account_find_for_update(s, transfer->account_id, &account);
 *
 *     if (status != AR_OK)
 *         return status;
 *     account->balance += transfer->amount;
 *     return account_save(s, account);
 * }
 * …
 * status = ar_transaction(s, deposit, &transfer);
 * @endcode
 *
 * @param s         session
 * @param callback  called with the session and `payload`. It must end every transaction that it begins. To end the one
 *                  that it is called in, or to clear or close the session, is AR_MISUSE and does nothing.
 * @param payload   not owned; may be NULL
 * @retval AR_MISUSE  the callback returned AR_OK and left a transaction open; everything is rolled back
 * @return  otherwise the status of the callback, of ar_begin or of ar_commit */
AR_MUST_CHECK enum ar_status
ar_transaction(struct ar_session *s, enum ar_status (*callback)(struct ar_session *s, void *payload), void *payload);

/** Like ar_transaction, with options as for ar_begin_with. */
AR_MUST_CHECK enum ar_status ar_transaction_with(struct ar_session *s, const struct ar_transaction_options *options,
                                                 enum ar_status (*callback)(struct ar_session *s, void *payload),
                                                 void *payload);

/** Cancel the running statement of the session: its call returns AR_INTERRUPTED.
 *
 * This is the only function that may be called while another thread uses the session; the session must not be closed
 * meanwhile. Between statements this does nothing, and it never cancels a later statement. On PostgreSQL the cancel
 * request needs a separate connection, and the cancelled call does not return before the request is complete;
 * tcp_user_timeout in the URL limits this time. */
void ar_session_interrupt(struct ar_session *s);

/** Return the current position of the database: all commits so far are at or before it. Takes one round trip.
 *
 * Pass it to another process after ar_commit; a session opened there with it as .after sees the same commits.
 *
 * @param s    session
 * @param out  receives the position; none on SQLite and on failure
 * @retval AR_MISUSE  the transaction is aborted; or the rows are on several servers (Citus), of which each has a
 * position
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_session_position(struct ar_session *s, struct ar_position *out);

/** Run user SQL of one or several statements. Rows are discarded.
 *
 * Do not use it for BEGIN and COMMIT: call ar_begin and ar_commit. Because the SQL may change anything, all cached
 * relations are dropped and records are refreshed when they are next read.
 *
 * @param s    session
 * @param sql  trusted: not checked, and never to be built from untrusted input
 * @retval AR_MISUSE      the session has .replica, .scope or .one_shard, or the SQL begins or ends a transaction, or
 *                        writes with .read_only of session or transaction or, on PostgreSQL, is a COPY from or to the
 *                        client
 * @retval AR_CONSTRAINT  a constraint of the database is violated
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_execute(struct ar_session *s, const char *sql);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
