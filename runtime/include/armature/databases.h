/** @file
 * Many databases of one form, such as one SQLite file per tenant: they are opened when they are needed, stay open while
 * they are used, and those that were not used for the longest time are closed.
 *
 * @code
 * struct ar_databases *tenants;
 * enum ar_status status = ar_databases_open("sqlite:/var/lib/app/{name}.db", NULL, &tenants);
 * …
 * struct ar_db *db;
 * struct ar_session *s = NULL;
 *
 * status = ar_databases_take(tenants, "acme", &db);
 * if (status == AR_OK)
 *     status = ar_session_open(db, NULL, &s);
 * …
 * ar_session_close(s);
 * ar_databases_give_back(tenants, db); // also after a failure
 * @endcode
 *
 * All functions except ar_databases_open and ar_databases_close may be called by several threads at once. */
#ifndef ARMATURE_DATABASES_H
#define ARMATURE_DATABASES_H

#include <armature/db.h>
#include <armature/status.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_databases;

/** The maximum length of a database's name. */
#define AR_DATABASE_NAME_MAX 100

/** Options of ar_databases_open. A member that is zero or NULL takes its default, which its comment states after a
 * semicolon. */
struct ar_databases_options {
    /** How each database is opened; the defaults of ar_db_open. `statement_cache_memory` is set from
     * `statement_memory`, and `no_create` from `create`. What its pointers lead to must stay valid until
     * ar_databases_close. */
    struct ar_db_options db;
    bool create;              /**< SQLite: create a file that does not exist; by default this is AR_NOT_FOUND */
    unsigned open_max;        /**< maximum number of open databases, in use or idle; 100 */
    unsigned connections_max; /**< maximum number of connections to all databases; twice open_max */
    size_t statement_memory;  /**< maximum memory of the prepared statements of all connections, in bytes; 64 MB */
    unsigned wait_ms;         /**< how long ar_databases_take waits before AR_BUSY; 5000 */
    /** Write the URL of the database with this name to `url`, a buffer of `size` bytes, and return true; false is
     * AR_NOT_FOUND. The name has been checked. Several threads may call it at once. NULL: `pattern` with the name */
    bool (*locate)(const char *name, char *url, size_t size, void *payload);
    /** Called whenever a database has been opened, before a caller gets it: to create its tables or to migrate it.
     * Any status but AR_OK is returned by ar_databases_take, which closes the database again. Several threads may call
     * it at once for different databases. NULL: do nothing */
    enum ar_status (*on_open)(struct ar_db *db, const char *name, void *payload);
    void *payload; /**< passed to `locate` and `on_open`; not owned */
};

/** Make an object that opens databases; it opens none yet.
 *
 * @param pattern  a URL of ar_db_open with `{name}` in it, which is replaced by the name of a database; NULL with
 *                 .locate
 * @param options  copied; NULL for the defaults
 * @param out      receives the object, to be closed by ar_databases_close. On failure it receives one that only serves
 *                 ar_databases_error and must be closed as well, or NULL if out of memory.
 * @retval AR_MISUSE     the pattern has no `{name}` and there is no .locate, or both are given
 * @retval AR_NO_MEMORY  out of memory */
AR_MUST_CHECK enum ar_status ar_databases_open(const char *pattern, const struct ar_databases_options *options,
                                               struct ar_databases **out);

/** Return the error of a failed ar_databases_open.
 *
 * @param databases  NULL is AR_NO_MEMORY
 * @return  an error that is valid until ar_databases_close; never NULL */
const struct ar_error *ar_databases_error(const struct ar_databases *databases);

/** Get the database with this name: the one that is open, or a new one. Several callers may have the same database at
 * once. If open_max databases are open, the one that has been idle for the longest time is closed.
 *
 * A name consists of 1 to AR_DATABASE_NAME_MAX of the characters `A-Z a-z 0-9 _ - .`, begins with another one than a
 * point, and does not end in `-wal`, `-shm` or `-journal`, so that it can neither leave the folder of the pattern nor
 * name the files that SQLite makes next to another database. A name that comes from a client can be passed as it is.
 *
 * @param databases  from ar_databases_open
 * @param name       of the database; copied
 * @param out        receives the database, to be given back by ar_databases_give_back. On failure it receives an object
 *                   that only serves ar_db_error and must be given back as well, or NULL if out of memory.
 * @retval AR_INVALID      the name is not such a name
 * @retval AR_NOT_FOUND    the file does not exist (without .create), or .locate returned false
 * @retval AR_BUSY         open_max databases were in use for wait_ms, or another thread needed that long to open this
 *                         one; or connections_max connections were in use
 * @retval AR_MISUSE       the object was opened before fork(), or a URL is malformed
 * @return  otherwise as ar_db_open, and what .on_open returned. The message is in ar_db_error(*out). */
AR_MUST_CHECK enum ar_status ar_databases_take(struct ar_databases *databases, const char *name, struct ar_db **out);

/** Give a database back. Close its sessions first, as before ar_db_close. It stays open with one connection until
 * another one needs its place.
 *
 * @param databases  from which it was taken
 * @param db         from ar_databases_take; may be NULL. It must not be used afterwards. */
void ar_databases_give_back(struct ar_databases *databases, struct ar_db *db);

/** Return the number of open databases, in use or idle. */
size_t ar_databases_count(struct ar_databases *databases);

/** Close all databases. Give them back first.
 *
 * After fork(), the child process may close the object; the databases of the parent are not affected.
 *
 * @param databases  may be NULL */
void ar_databases_close(struct ar_databases *databases);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
