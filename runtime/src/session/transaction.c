/* Transactions and savepoints of a session: statements on its link, undo levels in its store. */
#include "session/transaction.h"

#include "base/clock.h"
#include "session/session.h"
#include "store/undo.h"

#include <stdio.h>
#include <string.h>

static enum ar_status run(struct ar_session *s, const char *sql)
{
    const struct statement statement = {.sql = sql, .reason = AR_REASON_TRANSACTION};

    return ar_session_run(s, &statement, NULL);
}

/* The first level is a transaction, the others are savepoints. All savepoints have the same name, which refers to the
 * innermost: there are only three statements to prepare, regardless of the depth. */
static enum ar_status run_for_depth(struct ar_session *s, unsigned depth, const char *transaction,
                                    const char *savepoint)
{
    return run(s, depth == 0 ? transaction : savepoint);
}

enum ar_status ar_transaction_check(struct ar_session *s)
{
    if (!s->link.transaction.is_broken)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "the database has rolled this transaction back after an earlier failure: call ar_rollback");
}

bool ar_transaction_may_repeat(const struct ar_session *s, enum ar_status status)
{
    return status != AR_OK && s->store.failure.is_outdated && s->link.transaction.depth == 0;
}

void ar_transaction_note_failure(struct ar_session *s)
{
    if (s->link.transaction.depth > 0 && !s->link.db->driver->in_transaction(s->link.connection))
        s->link.transaction.is_broken = true;
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

/* ---- The program's transactions ---------------------------------------------------------------------------------- */

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
        return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL, "ar_begin_with: %d is not an enum ar_isolation",
                       (int)options->isolation);
    if (s->link.transaction.depth == 0 || (options->isolation == AR_ISOLATION_DEFAULT && !options->read_only))
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "ar_begin_with: a transaction is already open: set options in the outermost ar_begin_with");
}

enum ar_status ar_transaction_check_lock(struct ar_session *s, const struct ar_model *model)
{
    if (s->link.transaction.depth == 0)
        return ar_fail(&s->store.failure, AR_MISUSE, model, NULL,
                       "%s: for_update locks until the end of the transaction, but none is open: call ar_begin first",
                       model->name);
    return ar_session_check_writable(s, model);
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

static enum ar_status check_open(struct ar_session *s, const char *call)
{
    if (s->link.transaction.depth > 0)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL, "%s: no transaction is open", call);
}

enum ar_status ar_commit(struct ar_session *s)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = check_open(s, "ar_commit");

    if (status != AR_OK)
        return status;
    status = run_for_depth(s, s->link.transaction.depth - 1, "COMMIT", "RELEASE armature");
    if (status == AR_OK)
        leave(s, false);
    return status;
}

/* A rollback that failed, for want of memory say, is done by closing the connection; but that undoes all levels. */
static enum ar_status roll_back_all(struct ar_session *s, enum ar_status status)
{
    ar_session_disconnect(s);
    if (s->link.transaction.depth == 1)
        return AR_OK;
    s->link.transaction.is_broken = true;
    return status;
}

static enum ar_status roll_back_to_savepoint(struct ar_session *s)
{
    enum ar_status status = run(s, "ROLLBACK TO armature");

    /* A savepoint that is left would be taken for the one of the level around it, which has the same name. */
    return status == AR_OK ? run(s, "RELEASE armature") : status;
}

enum ar_status ar_rollback(struct ar_session *s)
{
    AR_USE(s, AR_MISUSE);
    struct failure before;
    enum ar_status status = check_open(s, "ar_rollback");

    if (status != AR_OK)
        return status;
    before = s->store.failure;
    /* A transaction that the database gave up is gone on all levels: each is left without a statement. */
    if (!s->link.transaction.is_broken) {
        status = s->link.transaction.depth == 1 ? run(s, "ROLLBACK") : roll_back_to_savepoint(s);
        if (status != AR_OK)
            status = roll_back_all(s, status);
    }
    leave(s, true);
    /* A connection that was lost in the transaction is of no more use. */
    if (s->link.transaction.depth == 0 && s->link.connection != NULL &&
        !s->link.db->driver->is_usable(s->link.connection))
        ar_session_disconnect(s);
    /* A failure that a later try resolved is not the session's last failure. */
    if (status == AR_OK)
        ar_failure_restore(&s->store.failure, &before);
    return status;
}

enum ar_status ar_transaction_end(struct ar_session *s, enum ar_status status)
{
    struct failure first;
    enum ar_status end;

    if (status == AR_OK)
        status = ar_commit(s);
    if (status == AR_OK)
        return AR_OK;
    first = s->store.failure;
    end = ar_rollback(s);
    (void)end;
    ar_failure_restore(&s->store.failure, &first);
    return status;
}

void ar_transaction_abandon(struct ar_session *s)
{
    while (s->link.transaction.depth > 0) {
        enum ar_status status = ar_rollback(s);
        (void)status;
    }
}

static void pause_before_retry(unsigned try)
{
    /* Longer each time, and not the same for two that met. */
    ar_pause((1 + ar_monotonic_clock(NULL) % (UINT64_C(1) << try)) * 1000);
}

enum ar_status ar_transaction(struct ar_session *s, enum ar_status (*callback)(struct ar_session *s, void *payload),
                              void *payload)
{
    return ar_transaction_with(s, NULL, callback, payload);
}

enum ar_status ar_transaction_with(struct ar_session *s, const struct ar_transaction_options *options,
                                   enum ar_status (*callback)(struct ar_session *s, void *payload), void *payload)
{
    enum { TRIES = 8 };
    bool is_outermost = s->link.transaction.depth == 0;

    for (unsigned try = 1;; try++) {
        enum ar_status status = ar_begin_with(s, options);
        if (status == AR_OK)
            status = ar_transaction_end(s, callback(s, payload));
        if (status != AR_BUSY || !is_outermost || try == TRIES)
            return status;
        status = ar_identities_undo_changes(&s->store);
        if (status != AR_OK)
            return status;
        pause_before_retry(try);
    }
}
