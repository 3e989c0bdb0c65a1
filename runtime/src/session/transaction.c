/* Transactions, savepoints and read snapshots; and what a rollback undoes in the session's records. */
#include "session/transaction.h"

#include "base/clock.h"
#include "model/field.h"
#include "session/session.h"
#include "store/identity_row.h"

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
    if (!s->transactions.is_broken)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "the database has rolled this transaction back after an earlier failure: call ar_rollback");
}

bool ar_transaction_may_repeat(const struct ar_session *s, enum ar_status status)
{
    return status != AR_OK && s->store.failure.is_outdated && s->transactions.depth == 0;
}

void ar_transaction_note_failure(struct ar_session *s)
{
    if (s->transactions.depth > 0 && !s->link.db->driver->in_transaction(s->link.connection))
        s->transactions.is_broken = true;
}

/* ---- The undo log ------------------------------------------------------------------------------------------------ */

/* Keeps what the database had. A text that the program may write into is the record's alone: it comes back as a
 * copy. */
static enum ar_status keep_values(struct ar_session *s, struct undo *undo)
{
    const struct ar_model *model = undo->model;
    const void *image = ar_record_image(model, undo->record);

    undo->data = ar_arena_allocate(&s->transactions.log, model->size * (image != NULL ? 2 : 1));
    if (undo->data == NULL)
        return ar_session_no_memory(s);
    memcpy(undo->data, image != NULL ? image : ar_record_data(undo->record), model->size);
    if (image == NULL)
        return AR_OK;
    undo->image = memcpy((char *)undo->data + model->size, image, model->size);
    return ar_identity_own_writable_texts(s, model, undo->data);
}

enum ar_status ar_transaction_log(struct ar_session *s, const struct ar_model *model, struct record *record)
{
    struct transactions *transactions = &s->transactions;
    uint32_t serial = ar_transaction_serial(s);
    struct undo *undo;
    enum ar_status status = AR_OK;

    /* A record that the transaction inserted becomes absent. */
    if (serial == 0 || (record->transaction == serial && (record->is_logged || record->is_new)))
        return AR_OK;
    undo = ar_arena_allocate(&transactions->log, sizeof *undo);
    if (undo == NULL)
        return ar_session_no_memory(s);
    *undo = (struct undo){.older = transactions->undo, .model = model, .record = record, .before = *record};
    if (!record->is_absent)
        status = keep_values(s, undo);
    if (status != AR_OK)
        return status;
    record->transaction = serial & AR_SERIAL_MAX;
    record->is_logged = true;
    record->is_new = false;
    transactions->undo = undo;
    return AR_OK;
}

static void undo_one(const struct undo *undo)
{
    struct record *record = undo->record;
    struct result *result = record->result;

    *record = undo->before;
    record->result = result;
    if (undo->data == NULL)
        return;
    /* Column by column: members that are no columns are the program's. */
    for (size_t i = 0; i < undo->model->column_count; i++)
        ar_field_copy(&undo->model->columns[i], undo->data, ar_record_data(record));
    if (undo->image != NULL)
        memcpy(ar_record_image(undo->model, record), undo->image, undo->model->size);
}

/* Ends the innermost level in the session; with `undo`, the records are as they were before it. */
static void leave(struct ar_session *s, bool undo)
{
    struct transactions *transactions = &s->transactions;
    struct level *level = transactions->innermost;

    if (undo) {
        for (; transactions->undo != level->undo_before; transactions->undo = transactions->undo->older)
            undo_one(transactions->undo);
        if (level->outer != NULL)
            ar_arena_release(&transactions->log, level->log_before);
        ar_identities_rolled_back(&s->store.identities, level->serial);
        ar_caches_drop_since(&s->store.caches, level->serial);
    }
    transactions->innermost = level->outer;
    transactions->open_serial = transactions->innermost != NULL ? transactions->last_serial : 0;
    transactions->depth--;
    level->outer = transactions->unused;
    transactions->unused = level;
    if (transactions->depth == 0) {
        transactions->undo = NULL;
        ar_arena_reset(&transactions->log, AR_KEPT_BY_CALL);
        transactions->is_broken = false;
        transactions->is_read_only = false;
    }
}

/* ---- The program's transactions ---------------------------------------------------------------------------------- */

/* Build the statement that begins the outermost transaction. */
static const char *begin_sql(const struct ar_session *s, const struct ar_transaction_options *options, char *text,
                             size_t size)
{
    const struct dialect *dialect = &s->link.db->driver->dialect;
    const char *begin = options->read_only     ? dialect->begin_read
                        : s->options.read_only ? "BEGIN"
                                               : dialect->begin_write;

    (void)snprintf(text, size, "%s%s", begin, dialect->isolation[options->isolation]);
    return text;
}

static enum ar_status check_options(struct ar_session *s, const struct ar_transaction_options *options)
{
    if ((unsigned)options->isolation > AR_ISOLATION_SERIALIZABLE)
        return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL, "ar_begin_with: %d is not an enum ar_isolation",
                       (int)options->isolation);
    if (s->transactions.depth == 0 || (options->isolation == AR_ISOLATION_DEFAULT && !options->read_only))
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "ar_begin_with: a transaction is already open: set options in the outermost ar_begin_with");
}

enum ar_status ar_transaction_check_lock(struct ar_session *s, const struct ar_model *model)
{
    if (s->transactions.depth == 0)
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
    struct transactions *transactions = &s->transactions;
    struct level *level = transactions->unused;
    enum ar_status status = check_options(s, &chosen);
    char sql[96];

    if (status != AR_OK)
        return status;
    if (transactions->last_serial == AR_SERIAL_MAX)
        return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                       "the session has run %u transactions, all that it can tell apart: call ar_session_clear",
                       AR_SERIAL_MAX);
    if (level != NULL)
        transactions->unused = level->outer;
    else
        level = ar_arena_allocate(&s->store.objects, sizeof *level);
    if (level == NULL)
        return ar_session_no_memory(s);
    status = run_for_depth(s, transactions->depth, begin_sql(s, &chosen, sql, sizeof sql), "SAVEPOINT armature");
    if (status != AR_OK) {
        level->outer = transactions->unused;
        transactions->unused = level;
        return status;
    }
    *level = (struct level){
        .outer = transactions->innermost,
        .serial = ++transactions->last_serial,
        .undo_before = transactions->undo,
        .log_before = transactions->log.next,
    };
    if (transactions->depth == 0)
        transactions->is_read_only = chosen.read_only;
    transactions->innermost = level;
    transactions->open_serial = transactions->last_serial;
    transactions->depth++;
    return AR_OK;
}

static enum ar_status check_open(struct ar_session *s, const char *call)
{
    if (s->transactions.depth > 0)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL, "%s: no transaction is open", call);
}

enum ar_status ar_commit(struct ar_session *s)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = check_open(s, "ar_commit");

    if (status != AR_OK)
        return status;
    status = run_for_depth(s, s->transactions.depth - 1, "COMMIT", "RELEASE armature");
    if (status == AR_OK)
        leave(s, false);
    return status;
}

/* A rollback that failed, for want of memory say, is done by closing the connection; but that undoes all levels. */
static enum ar_status roll_back_all(struct ar_session *s, enum ar_status status)
{
    ar_session_disconnect(s);
    if (s->transactions.depth == 1)
        return AR_OK;
    s->transactions.is_broken = true;
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
    if (!s->transactions.is_broken) {
        status = s->transactions.depth == 1 ? run(s, "ROLLBACK") : roll_back_to_savepoint(s);
        if (status != AR_OK)
            status = roll_back_all(s, status);
    }
    leave(s, true);
    /* A connection that was lost in the transaction is of no more use. */
    if (s->transactions.depth == 0 && s->link.connection != NULL && !s->link.db->driver->is_usable(s->link.connection))
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
    while (s->transactions.depth > 0) {
        enum ar_status status = ar_rollback(s);
        (void)status;
    }
    s->transactions = (struct transactions){.log = s->transactions.log};
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
    bool is_outermost = s->transactions.depth == 0;

    for (unsigned try = 1;; try++) {
        enum ar_status status = ar_begin_with(s, options);
        if (status == AR_OK)
            status = ar_transaction_end(s, callback(s, payload));
        if (status != AR_BUSY || !is_outermost || try == TRIES)
            return status;
        status = ar_identities_undo_changes(s);
        if (status != AR_OK)
            return status;
        pause_before_retry(try);
    }
}
