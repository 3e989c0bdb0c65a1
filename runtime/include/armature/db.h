/* A database: where it is, its connections, and who watches its statements. Safe across threads. */
#ifndef ARMATURE_DB_H
#define ARMATURE_DB_H

#include <armature/model.h>
#include <stdbool.h>
#include <stdint.h>

#include <armature/status.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ar_db;

/* Zero or NULL in a member is the default that stands beside it. */
struct ar_db_options {
    unsigned pool_size;       /* connections at most, and as many again for sessions with .replica; 16 */
    unsigned pool_wait_ms;    /* how long a session waits for a connection before AR_BUSY; 5000 */
    unsigned busy_timeout_ms; /* how long a statement waits for another's lock before AR_BUSY; 5000 */
    /* Prepared statements kept per connection, the most recently used. By default as many as take 8 MB: of SQLite some
     * 2,000; of PostgreSQL, where the server has them, 512. A program needs about five for each model. */
    unsigned statement_cache_size;
    unsigned connect_timeout_ms; /* PostgreSQL: how long making a connection may take; 10000, in whole seconds */
    unsigned timeout_ms;         /* of sessions that set none of their own; 0: there is none */
    unsigned replica_wait_ms;    /* how long a session with .replica waits for its standby; 1000 */
    /* PostgreSQL: prepare no statements by name, and set nothing for the whole connection but the time zone: for a
     * PgBouncer in transaction mode, where each transaction may meet another server process. */
    bool no_named_statements;
    bool no_wal;          /* leave the journal mode of the file as it is; otherwise a file is set to WAL */
    bool no_foreign_keys; /* do not have SQLite enforce foreign keys */
    /* Opens the file for reading only; on PostgreSQL transactions are READ ONLY (not with no_named_statements: that is
     * AR_MISUSE). What would write is AR_DATABASE. */
    bool read_only;
    /* SQL that every new connection to SQLite runs, such as "PRAGMA cache_size = -65536; PRAGMA synchronous = NORMAL". Must
     * live as long as the database. */
    const char *sqlite_setup;
    /* SQLite: the file may have been made by an attacker. Its triggers and views are not run (a model on a view is
     * AR_DATABASE), its schema and settings cannot be used against the program (SQLite's defensive mode, cell-size check, no
     * memory mapping), and values, SQL and plans have limits: 64 MiB for a value, 1 MiB for a statement. Rows are checked as always. */
    bool untrusted;
    uint64_t (*clock)(void *payload); /* nanoseconds of a clock that never goes back, for .ttl; CLOCK_MONOTONIC */
    void *clock_payload;
};

/* Opens a database: "sqlite:blog.db", "sqlite:/var/lib/blog.db", "sqlite:file:blog.db?mode=ro" (SQLite's own URI,
 * https://sqlite.org/uri.html), "sqlite::memory:" (private to this ar_db; all its sessions share it, and it is gone when
 * the ar_db is closed), or "postgresql://…" as libpq takes it, with several hosts
 * and its settings for TLS (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING). Of several hosts,
 * target_session_attrs=read-write finds the one that can be written to, now and whenever a connection is made; sessions
 * with .replica go to the others.
 *   options   copied; NULL for the defaults
 *   out       receives the database, and on failure one that can only tell its error and must be closed as well;
 *             NULL where not even that could be had
 * AR_UNAVAILABLE: the file cannot be opened, or no server be reached. AR_MISUSE: the URL is not understood, or names a
 * PostgreSQL database and Armature was built without PostgreSQL; the message quotes no more of the URL than a scheme,
 * because the rest may hold a password. AR_NO_MEMORY. One connection is made, and kept. */
AR_MUST_CHECK enum ar_status ar_db_open(const char *url, const struct ar_db_options *options, struct ar_db **out);

/* Why ar_db_open failed. Lives as long as `db`; not for use by several threads. With NULL: out of memory. */
const struct ar_error *ar_db_error(const struct ar_db *db);

/* Closes every connection and frees the database. NULL is nothing. All its sessions must be closed before; if the runtime
 * is built without NDEBUG, the calls of those that are not are AR_MISUSE from then on, and the database goes with the
 * last of them.
 *
 * A child process after fork() opens a database of its own: calls on the sessions that it inherits are AR_MISUSE. It may
 * close those sessions, and then the database, or leave them to exec or exit: either way its parent's connections and
 * transactions stay. A child made without fork() (clone) must leave them alone. */
void ar_db_close(struct ar_db *db);

/* Why a statement ran. */
enum ar_reason {
    AR_REASON_QUERY,      /* a query or find that the program asked for */
    AR_REASON_LAZY,       /* a relation was accessed */
    AR_REASON_EAGER,      /* a query's _with_ */
    AR_REASON_EXPLICIT,   /* load_<relation> */
    AR_REASON_SAVE,       /* insert, update, delete, update_all, delete_all */
    AR_REASON_SCHEMA,     /* ar_create_tables, ar_execute */
    AR_REASON_TRANSACTION /* BEGIN, COMMIT, ROLLBACK and savepoints, the program's or the runtime's own */
};

/* One statement that ran. The texts live for the call alone. */
struct ar_event {
    enum ar_reason reason;
    enum ar_status status;
    const char *sql;
    const struct ar_model *model;       /* or NULL */
    const struct ar_relation *relation; /* or NULL */
    uint64_t rows;                      /* read or changed */
    uint64_t microseconds;              /* since it was sent, or since the one before was done if both went together */
};

/* Sets the one observer, which is called after every statement, in the thread that ran it; NULL ends it. It must not
 * call the session back. To be set before sessions are open in other threads. It is not told how a connection is set up,
 * nor that a session with .replica asks how far its standby is. */
void ar_db_observe(struct ar_db *db, void (*callback)(const struct ar_event *event, void *payload), void *payload);

#ifdef __cplusplus
}
#endif
#endif
