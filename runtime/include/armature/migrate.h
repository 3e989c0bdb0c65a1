/** @file
 * Migrations: changes of the schema, which a program applies to its database step by step.
 *
 * `armature migrate new` writes the SQL of migrations, and `armature migrate embed` makes them a table of the program:
 *
 * @code
 * extern const struct ar_migrations blog_migrations;
 * …
 * status = ar_db_open("sqlite:blog.db", NULL, &db);
 * if (status == AR_OK)
 *     status = ar_migrate(db, &blog_migrations, NULL);
 * if (status != AR_OK)
 *     fprintf(stderr, "%s\n", ar_db_error(db)->message);
 * @endcode
 *
 * The database records what was applied in the table `armature_migrations`. If nothing is to be done, ar_migrate only
 * reads it, so that a read-only database can be opened by the program that made it.
 *
 * Each migration runs in one transaction, which also records it. Whatever ends the program or the connection, the
 * migration is either applied or not, and the next call continues. Statements that cannot run in a transaction
 * (`-- armature: outside-transaction`, such as CREATE INDEX CONCURRENTLY) divide the migration: what precedes them is
 * committed and recorded, and the next call continues with them. Such a statement runs again if the program ended
 * before it was recorded, and therefore must be repeatable; an index that CREATE INDEX CONCURRENTLY has left invalid is
 * dropped first, and one that it had completed is kept. */
#ifndef ARMATURE_MIGRATE_H
#define ARMATURE_MIGRATE_H

#include <armature/db.h>
#include <armature/model.h>
#include <armature/status.h>

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** One migration. It must not change once it was applied: its SQL has a checksum in the database. */
struct ar_migration {
    unsigned number;   /**< from 1; ascending, not necessarily consecutive */
    const char *name;  /**< for messages and the record in the database */
    struct ar_sql sql; /**< a script for each database, possibly with directives; NULL: it is not for that database */
};

/** The migrations of a program, which `armature migrate embed` writes. */
struct ar_migrations {
    const struct ar_migration *items; /**< `count` migrations in the order of their numbers */
    size_t count;                     /**< of `items` */
};

/** What ar_migrate does next, or has done. */
enum ar_migration_event {
    AR_MIGRATION_BACKUP,    /**< the backup will be made; `sql` is its path */
    AR_MIGRATION_STATEMENT, /**< the statement will run */
    AR_MIGRATION_DONE       /**< the migration is applied and committed */
};

/** A step of ar_migrate. Strings are valid during the callback only. */
struct ar_migration_step {
    enum ar_migration_event event;        /**< what it is */
    const struct ar_migration *migration; /**< NULL for AR_MIGRATION_BACKUP */
    unsigned statement;                   /**< the number of the statement in the migration, from 1; otherwise 0 */
    unsigned statement_count;             /**< statements of the migration */
    const char *sql;                      /**< of AR_MIGRATION_STATEMENT, without its semicolon; or NULL */
};

/** Options of ar_migrate. Zero is the default of every member. */
struct ar_migrate_options {
    /** SQLite: copy the database to this file before the first change. The file is complete and on the disk before the
     * migration begins. An existing file is never overwritten: it is AR_CONFLICT, unless it is the backup that an
     * interrupted call has made, which is kept. Other programs should not write meanwhile. */
    const char *backup;
    /** How long to wait for another program that migrates the same database, and, on PostgreSQL, how long a statement
     * outside of a transaction waits for other transactions, in milliseconds; 0: 60000. Other statements wait for locks
     * as long as those of sessions (busy_timeout_ms). */
    unsigned wait_ms;
    /** For a database whose tables exist, but which was not migrated so far: record all migrations up to this number as
     * applied, without running them. AR_CONFLICT if the database has recorded migrations, AR_MISUSE if no migration has
     * this number. 0: none. */
    unsigned baseline;
    /** Check everything and report the steps, but run and change nothing; the database may be read-only. */
    bool dry_run;
    /** Called for each step. It must not use the database. */
    void (*on_step)(const struct ar_migration_step *step, void *payload);
    void *payload; /**< passed to on_step; not owned */
};

/** Apply the migrations that the database does not have.
 *
 * Call it after ar_db_open, before sessions use the database: transactions of other sessions block it, and their
 * prepared statements may become outdated. Only one thread may call it for the same ar_db at a time; other programs,
 * and other ar_db, may call it at the same time: one of them migrates, and the others wait and then find nothing to do.
 * Statements have no time limit. A database that was opened with pooled or no_named_statements is refused, because the
 * lock of migrations belongs to a connection of the server: connect without the pooler.
 *
 * Before anything changes, all migrations are checked against those that the database has recorded, and the scripts of
 * those to be applied are read. After a failure, the database has all changes of the recorded steps, and no other ones;
 * the message names migration and statement. Calling it again continues.
 *
 * @param db          open database
 * @param migrations  all migrations of the program; only read
 * @param options     copied; NULL for the defaults
 * @retval AR_CONFLICT     the database was written by a newer program, which has migrations that this one does not; or
 *                         an applied migration has changed since; or one that is not applied has a lower number than
 *                         an applied one; or the file of the backup exists
 * @retval AR_CONSTRAINT   an `assert` of a migration is not true, rows violate a foreign key after a `rebuild`, or a
 *                         statement violates a constraint
 * @retval AR_MISUSE       a script cannot be read, or is missing for this database; numbers are not ascending; there
 *                         are migrations to apply, but the database was opened with read_only; a backup on PostgreSQL;
 *                         pooled or no_named_statements
 * @retval AR_UNKNOWN_OUTCOME  the connection was lost while a step was committed: call it again, it continues
 * @retval AR_BUSY         another program migrated for longer than wait_ms, or a lock was not free in time
 * @retval AR_DATABASE     a statement was refused; the disk is full
 * @return  otherwise see @ref common_errors. The error is that of ar_db_error. */
AR_MUST_CHECK enum ar_status ar_migrate(struct ar_db *db, const struct ar_migrations *migrations,
                                        const struct ar_migrate_options *options);

/** The state of a migration in a database. */
enum ar_migration_condition {
    AR_MIGRATION_APPLIED,      /**< it is applied */
    AR_MIGRATION_INCOMPLETE,   /**< its first statements are applied; ar_migrate continues */
    AR_MIGRATION_PENDING,      /**< ar_migrate will apply it */
    AR_MIGRATION_CHANGED,      /**< it was applied, and its script or name has changed since */
    AR_MIGRATION_OUT_OF_ORDER, /**< it is not applied, but one with a higher number is */
    AR_MIGRATION_UNKNOWN       /**< it was applied by a program that has other migrations, probably a newer one */
};

/** A migration, and its state in the database. Strings are valid during the callback only. */
struct ar_migration_state {
    unsigned number;                       /**< of the migration */
    const char *name;                      /**< of the program, or of the database if AR_MIGRATION_UNKNOWN */
    enum ar_migration_condition condition; /**< if it is applied */
    unsigned statements; /**< of AR_MIGRATION_INCOMPLETE: its first statements that are applied; otherwise 0 */
    const char *applied; /**< when it was applied, as "YYYY-MM-DD HH:MM:SS" in UTC; NULL if it is not */
};

/** List the migrations of the program and of the database in the order of their numbers. Changes nothing.
 *
 * @param db          open database; as for ar_migrate, no other thread may use it for this call or ar_migrate
 * @param migrations  all migrations of the program; only read
 * @param callback    called for each migration; must not use the database
 * @param payload     passed to the callback; not owned
 * @retval AR_MISUSE  numbers are not ascending
 * @return  otherwise see @ref common_errors. The error is that of ar_db_error. */
AR_MUST_CHECK enum ar_status
ar_migration_status(struct ar_db *db, const struct ar_migrations *migrations,
                    void (*callback)(const struct ar_migration_state *state, void *payload), void *payload);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
