/* What a call can return, and the message that goes with it. */
#ifndef ARMATURE_STATUS_H
#define ARMATURE_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/* Every status, its name without AR_, and what a caller does about it. */
#define AR_STATUS_MAP(X)                                                                                               \
    X(OK, "success")                                                                                                   \
    X(NOT_FOUND, "no row has this key")                                                                                \
    X(INVALID, "a value breaks a rule of its column")                                                                  \
    X(CONFLICT, "the row was changed by somebody else: reload and try again")                                          \
    X(CONSTRAINT, "the database refused the write")                                                                    \
    X(BUSY, "a lock or a connection was not free in time: try again")                                                  \
    X(UNAVAILABLE, "the database cannot be reached or opened")                                                         \
    X(NO_MEMORY, "out of memory: nothing was changed")                                                                 \
    X(INTERRUPTED, "ended early: by ar_session_interrupt, by timeout_ms, or by the server: the message says")          \
    X(MISUSE, "the program called this wrongly")                                                                       \
    X(DATABASE, "the database failed otherwise")

enum ar_status {
#define AR_STATUS_ENUM(name, text) AR_##name,
    AR_STATUS_MAP(AR_STATUS_ENUM)
#undef AR_STATUS_ENUM
};

/* A status that goes unread is a bug: the compiler says so. */
#define AR_MUST_CHECK __attribute__((warn_unused_result))

/* The last failure of a session or database. A call that succeeds leaves it as it is: read the status first. Texts are
 * never NULL but where said so; they live until the next failure, or until the object is cleared or closed.
 *
 * Message and detail are fit for a log: a control character in a value is escaped (\n, \t, \x1b). The message may name
 * the value that was refused; other values of the row are in the detail alone. */
struct ar_error {
    enum ar_status status;
    int code;             /* SQLite's extended result code, otherwise 0 */
    const char *sqlstate; /* PostgreSQL's five letters, otherwise "" */
    const char *message;  /* what, where, and how to fix it */
    const char
        *detail;     /* PostgreSQL's DETAIL, which may hold all values of a row ("Failing row contains …"), or NULL */
    const char *sql; /* the statement that failed, or NULL */
    const char *model;  /* the model's name, or NULL */
    const char *column; /* the field's name, or NULL */
};

/* The status in words: "AR_NOT_FOUND". Static; "unknown status" for a number that is none. */
const char *ar_status_name(enum ar_status status);

#ifdef __cplusplus
}
#endif
#endif
