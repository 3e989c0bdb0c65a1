/* Transactions and savepoints of a session: statements on its link, undo levels in its store. */
#include "session/transaction.h"

#include "base/clock.h"
#include "link/connection.h"
#include "link/run.h"
#include "session/changes.h"
#include "session/hook.h"
#include "session/session.h"
#include "session/use.h"
#include "store/cache.h"
#include "store/identity.h"
#include "store/undo.h"

#include <stdio.h>
#include <string.h>

static enum ar_status run(struct ar_session *s, const char *sql)
{
    const struct statement statement = {.sql = sql, .reason = AR_REASON_TRANSACTION};

    return ar_run(&s->link, &statement, NULL);
}

/* The first level is a transaction, the others are savepoints. All savepoints have the same name, which refers to the
 * innermost: there are only three statements to prepare, regardless of the depth. */
static enum ar_status run_for_depth(struct ar_session *s, unsigned depth, const char *transaction,
                                    const char *savepoint)
{
    return run(s, depth == 0 ? transaction : savepoint);
}

void ar_session_doubt(struct ar_session *s)
{
    ar_caches_drop_all(&s->store.caches);
    ar_identities_expire(&s->store);
}

/* Close the innermost level in the store and in the link. With `undo`, the records are as they were before it. */
static void leave(struct ar_session *s, bool undo)
{
    struct transaction *transaction = &s->link.transaction;
    uint32_t serial = ar_undo_close(&s->store, undo);

    if (undo) {
        ar_identities_rolled_back(&s->store.identities, serial);
        ar_caches_drop_since(&s->store.caches, serial);
    }
    transaction->depth--;
    if (transaction->depth == 0)
        *transaction = (struct transaction){.depth = 0};
}

/* Build the statement that begins the outermost transaction. */
static const char *begin_sql(const struct ar_session *s, const struct ar_transaction_options *options, char *text,
                             size_t size)
{
    const struct dialect *dialect = &s->link.db->driver->dialect;
    const char *begin = options->read_only              ? dialect->begin_read
                        : s->store.options.is_read_only ? "BEGIN"
                                                        : dialect->begin_write;

    (void)snprintf(text, size, "%s%s", begin, dialect->isolation[options->isolation]);
    return text;
}

static enum ar_status check_options(struct ar_session *s, const struct ar_transaction_options *options)
{
    if ((unsigned)options->isolation > AR_ISOLATION_SERIALIZABLE)
        return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                       "ar_begin_with: %d is not a value of enum ar_isolation", (int)options->isolation);
    if (s->link.transaction.depth == 0 ||
        (options->isolation == AR_ISOLATION_DEFAULT && !options->read_only && options->retry_unavailable_ms == 0))
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "ar_begin_with: a transaction is already open: set options in the outermost ar_begin_with");
}

/* `refused` begins the message. */
static enum ar_status check_session(struct ar_session *s, const struct ar_model *model, const char *name,
                                    const char *refused)
{
    if (s->link.transaction.is_read_only)
        return ar_fail(&s->store.failure, AR_MISUSE, model, NULL, "%s %s: the transaction was begun with read_only",
                       name, refused);
    if (!s->store.options.is_read_only)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, model, NULL, "%s %s: the session was opened with read_only", name,
                   refused);
}

enum ar_status ar_transaction_check_writable(struct ar_session *s, const struct ar_model *model)
{
    if (model->is_read_only)
        return ar_fail(&s->store.failure, AR_MISUSE, model, NULL,
                       "%s cannot be written: it is a view, or its AR_TABLE has .read_only", model->name);
    return check_session(s, model, model->name, "cannot be written");
}

enum ar_status ar_transaction_check_writes(struct ar_session *s, const char *call)
{
    return check_session(s, NULL, call, "cannot write");
}

enum ar_status ar_transaction_check_lock(struct ar_session *s, const struct ar_model *model)
{
    if (s->link.transaction.depth == 0)
        return ar_fail(&s->store.failure, AR_MISUSE, model, NULL,
                       "%s: rows are locked until the transaction ends, but none is open: call ar_begin first",
                       model->name);
    return ar_transaction_check_writable(s, model);
}

enum ar_status ar_begin(struct ar_session *s)
{
    return ar_begin_with(s, NULL);
}

enum ar_status ar_begin_with(struct ar_session *s, const struct ar_transaction_options *options)
{
    AR_USE(s, AR_MISUSE);
    const struct ar_transaction_options chosen = options != NULL ? *options : (struct ar_transaction_options){0};
    struct transaction *transaction = &s->link.transaction;
    enum ar_status status = check_options(s, &chosen);
    char sql[96];

    if (status == AR_OK)
        status = ar_undo_reserve(&s->store);
    if (status == AR_OK)
        status = run_for_depth(s, transaction->depth, begin_sql(s, &chosen, sql, sizeof sql), "SAVEPOINT armature");
    if (status != AR_OK)
        return status;
    ar_undo_open(&s->store);
    if (transaction->depth == 0)
        transaction->is_read_only = chosen.read_only;
    transaction->depth++;
    return AR_OK;
}

enum ar_status ar_transaction_begin_run(struct ar_session *s, const struct statement *statements, size_t count,
                                        bool *has_begun)
{
    const struct ar_transaction_options options = {0};
    struct statement *all = ar_arena_allocate(&s->store.scratch, (count + 1) * sizeof *all);
    struct outcome *outcomes = ar_arena_allocate(&s->store.scratch, (count + 1) * sizeof *outcomes);
    enum ar_status status = ar_undo_reserve(&s->store);
    char sql[96];

    *has_begun = false;
    if (status == AR_OK && (all == NULL || outcomes == NULL))
        status = ar_fail_no_memory(&s->store.failure);
    if (status != AR_OK)
        return status;
    all[0] = (struct statement){.sql = begin_sql(s, &options, sql, sizeof sql), .reason = AR_REASON_TRANSACTION};
    memcpy(all + 1, statements, count * sizeof *statements);
    status = ar_run_all(&s->link, all, count + 1, outcomes);
    *has_begun = s->link.connection != NULL && s->link.db->driver->in_transaction(s->link.connection);
    if (*has_begun) {
        ar_undo_open(&s->store);
        s->link.transaction.depth = 1;
    }
    return status;
}

bool ar_transaction_is_open(const struct ar_session *s)
{
    return s->link.transaction.depth > s->link.outer_depth;
}

static enum ar_status check_open(struct ar_session *s, const char *call)
{
    if (s->hook != NULL && s->link.transaction.depth == s->hook->floor)
        return ar_fail(&s->store.failure, AR_MISUSE, s->hook->model, NULL,
                       "%s: the hook %s of %s has begun no transaction, and cannot end one that it did not begin", call,
                       s->hook->hook->name, s->hook->model->name);
    if (s->floor > 0 && s->link.transaction.depth == s->floor)
        return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                       "%s: a function that ar_transaction has called cannot end its transaction: return AR_OK to "
                       "commit it, or a failure to roll it back",
                       call);
    if (ar_transaction_is_open(s))
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL, "%s: no transaction is open", call);
}

enum ar_status ar_commit(struct ar_session *s)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = check_open(s, "ar_commit");

    if (status != AR_OK)
        return status;
    status = run_for_depth(s, s->link.transaction.depth - 1, ar_commit_sql, "RELEASE armature");
    if (status != AR_OK)
        return status;
    leave(s, false);
    ar_changes_committed(s);
    return AR_OK;
}

/* Complete a rollback that failed, for example because there was no memory, by giving the connection up. This rolls
 * back all levels. */
static enum ar_status roll_back_all(struct ar_session *s, enum ar_status status)
{
    ar_link_disconnect(&s->link);
    if (s->link.transaction.depth == 1)
        return AR_OK;
    s->link.transaction.is_broken = true;
    return status;
}

static enum ar_status roll_back_to_savepoint(struct ar_session *s)
{
    enum ar_status status = run(s, "ROLLBACK TO armature");

    /* Release it, or it would be mistaken for the savepoint of the outer level, which has the same name. */
    return status == AR_OK ? run(s, "RELEASE armature") : status;
}

/* Roll back the innermost level. It is left even if that fails. */
static enum ar_status roll_back(struct ar_session *s)
{
    struct failure before = s->store.failure;
    bool is_unknown = s->link.transaction.is_unknown;
    enum ar_status status = AR_OK;

    /* If the database has rolled the transaction back, all levels are gone: leave each one without a statement. */
    if (!s->link.transaction.is_broken) {
        status = s->link.transaction.depth == 1 ? run(s, "ROLLBACK") : roll_back_to_savepoint(s);
        if (status != AR_OK)
            status = roll_back_all(s, status);
    }
    leave(s, true);
    /* Give up a connection that was lost during the transaction. */
    if (s->link.transaction.depth == 0 && s->link.connection != NULL &&
        !s->link.db->driver->is_usable(s->link.connection))
        ar_link_disconnect(&s->link);
    /* A failure that was resolved by giving the connection up is not the session's last failure. */
    if (status == AR_OK)
        ar_failure_restore(&s->store.failure, &before);
    if (is_unknown)
        ar_session_doubt(s);
    if (is_unknown)
        ar_changes_drop(s);
    else
        ar_changes_rolled_back(s);
    return status;
}

enum ar_status ar_rollback(struct ar_session *s)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = check_open(s, "ar_rollback");

    return status == AR_OK ? roll_back(s) : status;
}

enum ar_status ar_transaction_end(struct ar_session *s, enum ar_status status)
{
    struct failure first;

    if (status == AR_OK)
        status = ar_commit(s);
    if (status == AR_OK)
        return AR_OK;
    first = s->store.failure;
    if (ar_transaction_is_open(s)) /* a migration may have ended it */
        (void)roll_back(s);
    ar_failure_restore(&s->store.failure, &first);
    return status;
}

void ar_transaction_abandon(struct ar_session *s)
{
    while (ar_transaction_is_open(s))
        (void)roll_back(s);
}

/* The tries of ar_transaction. */
struct tries {
    unsigned busy, unavailable; /* tries that ended with AR_BUSY, and with AR_UNAVAILABLE */
    uint64_t started;           /* in microseconds */
};

/* Longer each time, and at random, so that two transactions do not collide again. */
static uint64_t pause_after(unsigned try)
{
    return (1 + ar_monotonic_clock(NULL) % (UINT64_C(1) << try)) * 1000;
}

/* Return true if the transaction can be repeated, after a pause. It was not committed: its COMMIT was refused, or not
 * sent. */
static bool await_next_try(struct tries *tries, enum ar_status status, unsigned retry_unavailable_ms)
{
    enum { TRIES = 8, LONGEST_EXPONENT = 8 };
    uint64_t left = (uint64_t)retry_unavailable_ms * 1000, passed = ar_microseconds_now() - tries->started, pause;

    if (status == AR_BUSY && tries->busy + 1 < TRIES) {
        ar_pause(pause_after(++tries->busy));
        return true;
    }
    if (status != AR_UNAVAILABLE || passed >= left)
        return false;
    if (tries->unavailable < LONGEST_EXPONENT)
        tries->unavailable++;
    pause = pause_after(tries->unavailable);
    ar_pause(pause < left - passed ? pause : left - passed);
    return true;
}

enum ar_status ar_transaction(struct ar_session *s, enum ar_status (*callback)(struct ar_session *s, void *payload),
                              void *payload)
{
    return ar_transaction_with(s, NULL, callback, payload);
}

/* Roll back the transactions above this depth, which a function left open. */
static void roll_back_to(struct ar_session *s, unsigned depth)
{
    const struct failure first = s->store.failure;

    while (s->link.transaction.depth > depth)
        (void)roll_back(s);
    ar_failure_restore(&s->store.failure, &first);
}

/* Call the function of ar_transaction. A transaction that it left open would otherwise be committed in the place of the
 * outer one, in which the session would remain. */
static enum ar_status call(struct ar_session *s, enum ar_status (*callback)(struct ar_session *s, void *payload),
                           void *payload)
{
    const unsigned enclosing = s->floor, floor = s->link.transaction.depth;
    enum ar_status status;

    s->floor = floor;
    status = callback(s, payload);
    s->floor = enclosing;
    if (s->link.transaction.depth <= floor)
        return status;
    roll_back_to(s, floor);
    if (status != AR_OK)
        return status;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "the function that ar_transaction has called left a transaction open: it must end every transaction "
                   "that it begins");
}

enum ar_status ar_transaction_with(struct ar_session *s, const struct ar_transaction_options *options,
                                   enum ar_status (*callback)(struct ar_session *s, void *payload), void *payload)
{
    bool is_outermost = s->link.transaction.depth == 0;
    struct tries tries = {.started = ar_microseconds_now()};

    for (;;) {
        enum ar_status status = ar_begin_with(s, options);
        if (status == AR_OK)
            status = ar_transaction_end(s, call(s, callback, payload));
        if (!is_outermost || !await_next_try(&tries, status, options != NULL ? options->retry_unavailable_ms : 0))
            return status;
        status = ar_identities_undo_changes(&s->store);
        if (status != AR_OK)
            return status;
    }
}
