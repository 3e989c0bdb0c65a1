/** @file
 * Status codes, and the error message that goes with one.
 *
 * Almost every function returns an enum ar_status, which must be checked. Unless it is AR_OK, the message is in
 * ar_session_error, or ar_db_error for ar_db_open. Output parameters then receive NULL, 0 or an empty list.
 *
 * @section common_errors Errors of every call
 *
 * Each function documents its own errors. A function that accesses the database can also return:
 *   - AR_BUSY: no connection or lock was free in time, or the database ended the statement to resolve a deadlock or a
 *     serialization failure
 *   - AR_UNAVAILABLE: the database cannot be reached, or the connection was lost; nothing was committed
 *   - AR_UNKNOWN_OUTCOME, if it writes and is not in a transaction: the connection was lost before the answer, and the
 *     write may be committed. The session's records and relations are read again when they are next used.
 *   - AR_INTERRUPTED: ar_session_interrupt, timeout_ms or the server ended the statement
 *   - AR_MISUSE: an earlier failure aborted the transaction, and only ar_rollback is possible; or the database was
 *     opened before fork()
 *   - AR_DATABASE: the database refused the statement, for example because a table does not exist
 *   - AR_INVALID, if it reads rows: a value does not fit its field
 *   - AR_MISUSE, if it writes: the session, its transaction or the database is read-only
 *
 * A function that takes a session or a query can return AR_NO_MEMORY and, if the runtime is built without NDEBUG,
 * AR_MISUSE for a session that must not be used. */
#ifndef ARMATURE_STATUS_H
#define ARMATURE_STATUS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** The result of a call: one code for each way in which a caller can react. */
enum ar_status {
    AR_OK,          /**< success */
    AR_NOT_FOUND,   /**< no row has this key; or the file of a database does not exist */
    AR_INVALID,     /**< a value breaks a rule of its column, or does not fit its field */
    AR_CONFLICT,    /**< another session changed the row (AR_VERSION): reload and try again; or the tables are not those
                         of the program's models: migrate the database, or run another version of the program */
    AR_CONSTRAINT,  /**< a constraint of the database is violated */
    AR_BUSY,        /**< a lock or connection was not free in time, or a deadlock: try again */
    AR_UNAVAILABLE, /**< the database cannot be reached or opened */
    AR_NO_MEMORY,   /**< out of memory; nothing was changed */
    AR_INTERRUPTED, /**< ended early by ar_session_interrupt, by timeout_ms or by the server; the message names which */
    AR_MISUSE,      /**< the program made a mistake; the message names it */
    AR_DATABASE,    /**< any other failure of the database */
    /** The connection was lost after a COMMIT, or a single write outside of a transaction, was sent and before it was
     * answered: it may be committed or not. Find out by reading before you repeat it. */
    AR_UNKNOWN_OUTCOME
};

/** Mark a function whose result must be used: ignoring a status is a bug, and the compiler warns about it. */
#define AR_MUST_CHECK __attribute__((warn_unused_result))

/** Mark a function like printf: parameter number `text` is the format, and number `first` the first value. */
#define AR_PRINTF(text, first) __attribute__((format(printf, text, first)))

/** A rule that a record breaks. */
struct ar_violation {
    const char *field;   /**< the field's name, or NULL if the rule is about the record as a whole */
    const char *rule;    /**< "AR_LENGTH", "AR_NOT_NULL", …, or the name of an AR_VALIDATE function */
    const char *message; /**< names model, field and rule, like the message of an error */
};

/** The last failure of a session or database.
 *
 * A successful call does not reset it, so check the status first. Strings are not NULL unless documented. They are
 * valid until the next failure, or until the object is cleared or closed.
 *
 * Message and detail are safe to log: control characters in values are escaped (`\n`, `\t`, `\x1b`). The message may
 * contain the refused value; the row's other values appear only in the detail. */
struct ar_error {
    enum ar_status status; /**< AR_OK if nothing has failed yet */
    int code;              /**< SQLite's extended result code, otherwise 0 */
    const char *sqlstate;  /**< PostgreSQL's SQLSTATE, otherwise "" */
    const char *message;   /**< what failed, where, and how to fix it */
    const char *detail;    /**< PostgreSQL's DETAIL or NULL; may contain a whole row ("Failing row contains …") */
    const char *sql;       /**< the failed statement, or NULL */
    const char *model;     /**< the model's name, or NULL */
    const char *column;    /**< the field's name, or NULL */
    /** AR_INVALID of a write: all rules that the record breaks. The first one is also `message` and `column`. */
    const struct ar_violation *violations;
    size_t violation_count; /**< of `violations`; 0 if the failure is not about the rules of a record */
};

/** Return the name of a status.
 *
 * @param status  a code, or any other number
 * @return  a static string such as "AR_NOT_FOUND"; "unknown status" for a number that is not a code */
const char *ar_status_name(enum ar_status status);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
