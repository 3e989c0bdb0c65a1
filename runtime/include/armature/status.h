/* Status codes, and the error message that goes with one. */
#ifndef ARMATURE_STATUS_H
#define ARMATURE_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/* Each status: its name without AR_, and its meaning. */
#define AR_STATUS_MAP(X)                                                                                               \
    X(OK, "success")                                                                                                   \
    X(NOT_FOUND, "no row has this key")                                                                                \
    X(INVALID, "a value breaks a rule of its column")                                                                  \
    X(CONFLICT, "the row was changed by another session: reload and try again")                                        \
    X(CONSTRAINT, "the database refused the write")                                                                    \
    X(BUSY, "a lock or a connection was not free in time: try again")                                                  \
    X(UNAVAILABLE, "the database cannot be reached or opened")                                                         \
    X(NO_MEMORY, "out of memory: nothing was changed")                                                                 \
    X(INTERRUPTED, "ended early by ar_session_interrupt, by timeout_ms or by the server; the message names which")     \
    X(MISUSE, "the program called this wrongly")                                                                       \
    X(DATABASE, "any other failure of the database")

enum ar_status {
#define AR_STATUS_ENUM(name, text) AR_##name,
    AR_STATUS_MAP(AR_STATUS_ENUM)
#undef AR_STATUS_ENUM
};

/* Ignoring a status is a bug: the compiler warns about it. */
#define AR_MUST_CHECK __attribute__((warn_unused_result))

/* The last failure of a session or database. A successful call does not reset it, so check the status first. Strings
 * are not NULL unless documented. They are valid until the next failure, or until the object is cleared or closed.
 *
 * Message and detail are safe to log: control characters in values are escaped (\n, \t, \x1b). The message may contain
 * the refused value; the row's other values appear only in the detail. */
struct ar_error {
    enum ar_status status;
    int code;             /* SQLite's extended result code, otherwise 0 */
    const char *sqlstate; /* PostgreSQL's SQLSTATE, otherwise "" */
    const char *message;  /* what failed, where, and how to fix it */
    const char *detail;   /* PostgreSQL's DETAIL or NULL; may contain a whole row ("Failing row contains …") */
    const char *sql;      /* the failed statement, or NULL */
    const char *model;    /* the model's name, or NULL */
    const char *column;   /* the field's name, or NULL */
};

/* Return the name of a status, such as "AR_NOT_FOUND"; "unknown status" for any other number. The string is static. */
const char *ar_status_name(enum ar_status status);

#ifdef __cplusplus
}
#endif
#endif
