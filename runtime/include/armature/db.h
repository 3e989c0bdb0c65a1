/** @file
 * A database: its URL, its connection pool and the observer of its statements.
 *
 * A database may be used by all threads of a process at once, unless a function documents otherwise. */
#ifndef ARMATURE_DB_H
#define ARMATURE_DB_H

#include <armature/model.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <armature/status.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_db;

/** How ar_db_open checks that the database has the tables of the program. */
enum ar_schema_check {
    AR_SCHEMA_TRUST, /**< not at all: a difference is an error of the first statement that meets it */
    /** As AR_SCHEMA_FULL, but the result is kept in the database, in the table `armature_schema`. While neither the
     * models nor the tables change, an open takes one statement; on SQLite, it reads one row. The table is created if
     * the program may do so; otherwise, and with .untrusted, each open makes the full check. A result that cannot be
     * kept is not an error. */
    AR_SCHEMA_FINGERPRINT,
    AR_SCHEMA_FULL /**< as ar_check_tables, in one round trip */
};

/** Options of ar_db_open. A member that is zero or NULL takes its default, which its comment states after a
 * semicolon. */
struct ar_db_options {
    unsigned pool_size;       /**< maximum number of connections, and as many again for sessions with .replica; 16 */
    unsigned pool_wait_ms;    /**< how long a session waits for a connection before AR_BUSY; 5000 */
    unsigned busy_timeout_ms; /**< how long a statement waits for a lock before AR_BUSY; 5000 */
    /** Maximum number of prepared statements cached per connection; the least recently used is evicted. The default is
     * as many as fit into 8 MB: about 2,000 statements on SQLite and 512 on PostgreSQL, where the server holds them. A
     * program needs about five per model. */
    unsigned statement_cache_size;
    size_t statement_cache_memory; /**< likewise, the memory that they use in bytes; 8 MB, or with a number no limit */
    unsigned connect_timeout_ms;   /**< PostgreSQL: time limit for connecting, rounded to whole seconds; 10000 */
    unsigned timeout_ms;           /**< timeout_ms of sessions that set none; 0: no limit */
    unsigned replica_wait_ms;      /**< how long a session with .replica waits for its standby; 1000 */
    /** PostgreSQL: as `pooled`, without named prepared statements. For PgBouncer before 1.21, and other poolers that do
     * not know the prepared statements of their clients. */
    bool no_named_statements;
    bool no_create;       /**< SQLite: do not create a file that does not exist: AR_NOT_FOUND */
    bool no_wal;          /**< SQLite: keep the journal mode of the file; by default it is set to WAL */
    bool no_foreign_keys; /**< SQLite: do not enforce foreign keys */
    /** SQLite: open the file read-only. PostgreSQL: run every transaction READ ONLY. A statement that would write is
     * AR_DATABASE. */
    bool read_only;
    /** SQLite: SQL to run on every new connection, such as "PRAGMA cache_size = -65536; PRAGMA synchronous = NORMAL".
     * The string must stay valid as long as the database. */
    const char *sqlite_setup;
    /** SQLite: the file may have been made by an attacker. Its triggers and views do not run (a model on a view is
     * AR_DATABASE), its schema and settings cannot attack the program (defensive mode, cell-size check, no memory
     * mapping), and values, SQL and plans are limited: 64 MiB per value, 1 MiB per statement. Rows are checked as for
     * any file. */
    bool untrusted;
    /** SQLite: use nothing but SQL: no virtual tables, functions and collations of this process, which an engine that
     * is elsewhere, or another library, may not have. Sets of keys are passed as JSON, rows as lists of values; this
     * takes longer. Strings with AR_DECIMAL can then neither be ordered nor compared by `<` (AR_MISUSE), and results of
     * arithmetic on a `float` are not rounded to it before they are stored. See docs/sqlite.md. */
    bool sqlite_plain;
    enum ar_schema_check schema; /**< how the tables of `models` are checked; AR_SCHEMA_TRUST */
    /** With .schema: the models to check, such as `blog_models` of the generated header. The array must stay valid
     * until ar_db_open returns. */
    const struct ar_model *const *models;
    size_t model_count;               /**< of `models`: `blog_model_count` */
    uint64_t (*clock)(void *payload); /**< a monotonic clock in nanoseconds, for .ttl; CLOCK_MONOTONIC */
    void *clock_payload;              /**< passed to `clock` */
    /** PostgreSQL: the URL is that of PgBouncer 1.21 or newer in transaction mode, with max_prepared_statements above 0
     * (the default since 1.24). Each transaction may run in another server process, which other clients use between:
     * nothing is set for the connection. Time zone, timeouts and read_only are set for each transaction, in the round
     * trip of its first statement. Whatever outlives a transaction is the caller's not to use: SET without LOCAL in
     * user SQL, temporary tables, LISTEN, advisory locks of a session; ar_migrate is AR_MISUSE. docs/servers.md has
     * more. */
    bool pooled;
};

/** Open a database and make its first connection, which stays open.
 *
 * @code
 * struct ar_db *db;
 * enum ar_status status = ar_db_open("sqlite:blog.db", NULL, &db);
 *
 * if (status != AR_OK)
 *     fprintf(stderr, "%s: %s\n", ar_status_name(status), ar_db_error(db)->message);
 * …
 * ar_db_close(db);
 * @endcode
 *
 * @param url      one of:
 *   - `sqlite:blog.db`, `sqlite:/var/lib/blog.db`: a file
 *   - `sqlite:file:blog.db?mode=ro`: a URI of SQLite (https://sqlite.org/uri.html)
 *   - `sqlite::memory:`: a database in memory, shared by all sessions of this ar_db and deleted by ar_db_close
 *   - `postgresql://…`: a connection URI of libpq, with its TLS settings and with several hosts if needed
 *     (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING). With several hosts,
 *     target_session_attrs=read-write selects the primary whenever a connection is made; sessions with .replica use the
 *     others.
 * @param options  copied; NULL for the defaults
 * @param out      receives the database, to be closed by ar_db_close. On failure it receives an object that only serves
 *                 ar_db_error and must be closed as well, or NULL if out of memory.
 * @retval AR_UNAVAILABLE  the file cannot be opened, or no server can be reached
 * @retval AR_NOT_FOUND    with .no_create: the file does not exist
 * @retval AR_CONFLICT     with .schema: the tables are not those of the models. The message names the first difference,
 *                         as for ar_check_table_list, whose other errors are possible, too.
 * @retval AR_MISUSE       the URL is NULL (such as that of an unset environment variable) or malformed, options exclude
 *                         each other (or .schema has no models), or the URL is PostgreSQL's and Armature was built
 *                         without it. The message quotes only the scheme of the URL, because the rest may contain a
 *                         password.
 * @retval AR_NO_MEMORY    out of memory */
AR_MUST_CHECK enum ar_status ar_db_open(const char *url, const struct ar_db_options *options, struct ar_db **out);

/** Return the error of the last failed ar_db_open, ar_trace_open or ar_trace_close. Other failures are those of
 * sessions.
 *
 * @param db  from ar_db_open; NULL is AR_NO_MEMORY
 * @return  an error that is valid until the next such failure or ar_db_close; never NULL */
const struct ar_error *ar_db_error(const struct ar_db *db);

/** Close every connection and free the database. Close all its sessions first.
 *
 * If a session is still open and the runtime is built without NDEBUG, its calls return AR_MISUSE, and the database is
 * freed with the last one; otherwise using the session is undefined.
 *
 * After fork(), the child process must open its own database: calls on inherited sessions return AR_MISUSE. The child
 * may close the inherited sessions and then the database, or leave them until exec or exit; the parent's connections
 * and transactions are not affected. A child created without fork(), by clone, must not use or close them.
 *
 * @param db  may be NULL */
void ar_db_close(struct ar_db *db);

/** Why a statement ran. */
enum ar_reason {
    AR_REASON_QUERY,    /**< a query, find or reload */
    AR_REASON_LAZY,     /**< access to a relation that was not loaded */
    AR_REASON_EAGER,    /**< a _with_ of a query */
    AR_REASON_EXPLICIT, /**< load_<relation> */
    AR_REASON_SAVE,     /**< insert, update, delete, update_all, delete_all */
    AR_REASON_SCHEMA,   /**< ar_create_tables, ar_check_tables, ar_execute, and queries before a COPY of insert_many */
    AR_REASON_TRANSACTION /**< BEGIN, COMMIT, ROLLBACK and savepoints of caller and runtime; ar_session_position */
};

/** One executed statement. The strings are valid during the callback only. */
struct ar_event {
    enum ar_reason reason;              /**< why it ran */
    enum ar_status status;              /**< its result */
    const char *sql;                    /**< its SQL, with placeholders instead of values */
    const struct ar_model *model;       /**< or NULL */
    const struct ar_relation *relation; /**< or NULL */
    uint64_t rows;                      /**< read or changed */
    uint64_t microseconds;              /**< since it was sent; in a pipeline, since the previous statement completed */
};

/** Set the observer, which is called after every statement.
 *
 * It runs in the thread that ran the statement, so several threads may call it at once, and must not call functions of
 * the session. Not reported are statements that set up a connection, and small queries of the runtime itself: of
 * indexes, collations and generated keys, of a server's WAL position for .replica, and of why a write failed.
 *
 * @param db        there is one observer per database; set it before other threads open sessions
 * @param callback  NULL removes the observer
 * @param payload   passed to each call; not owned */
void ar_db_observe(struct ar_db *db, void (*callback)(const struct ar_event *event, void *payload), void *payload);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
