/* Writes of records whose model has hooks. */
#include "write/hooked.h"

#include "link/run.h"
#include "session/changes.h"
#include "session/hook.h"
#include "session/session.h"
#include "session/transaction.h"
#include "write/remember.h"

#include <string.h>

static bool has_own_transaction(const struct ar_model *model, const struct hooked_write *kind)
{
    return ar_hooks_any(model, ar_hook_bit(kind->before) | ar_hook_bit(kind->after));
}

bool ar_hooked_write_concerns(const struct ar_model *model, const struct hooked_write *kind)
{
    return model->hook_events != 0 && (has_own_transaction(model, kind) || ar_changes_concern(model));
}

/* A hook may set the key of a new record, but must not change the key of an existing row. */
static enum ar_status check_key(const struct write *write, const struct key *before)
{
    const struct key *key = &write->key;
    bool is_same = key->size == before->size && (key->size > 0 ? memcmp(key->bytes, before->bytes, key->size) == 0
                                                               : key->integer == before->integer);

    if (write->has_key && is_same)
        return AR_OK;
    return ar_fail(&write->store->failure, AR_MISUSE, write->model, &write->model->columns[write->model->key[0]],
                   "a hook changed the primary key of the %s that is being written", write->model->name);
}

static enum ar_status call_before(struct write *write, const struct hooked_write *kind)
{
    const struct key before = write->key;
    enum ar_status status;

    if (!ar_hooks_any(write->model, ar_hook_bit(kind->before)))
        return AR_OK;
    status = ar_hooks_call(write->s, write->model, kind->before, write->copy);
    if (status == AR_OK)
        status = ar_write_read_key(write, write->copy);
    return status == AR_OK && kind->change != AR_INSERTED ? check_key(write, &before) : status;
}

enum ar_status ar_hooked_note(struct write *write, const struct hooked_write *kind)
{
    void *before = ar_arena_allocate(&write->store->scratch, write->model->size);
    struct change *change;
    enum ar_status status;

    if (before == NULL)
        return ar_fail_no_memory(&write->store->failure);
    memcpy(before, write->copy, write->model->size);
    status = ar_changes_prepare(write->s, write->model, before, write->has_key ? &write->key : NULL, &change);
    if (status == AR_OK)
        status = kind->run(write);
    if (status == AR_OK && write->is_written)
        ar_changes_add(write->s, change, before, write->copy, kind->change);
    else
        ar_changes_discard(write->s, change);
    return status;
}

/* Hooks after a delete get the copy, because the record belongs to the caller. */
static enum ar_status run_with_hooks(struct write *write, const struct hooked_write *kind)
{
    enum ar_status status = call_before(write, kind);

    if (status == AR_OK)
        status = ar_changes_concern(write->model) ? ar_hooked_note(write, kind) : kind->run(write);
    if (status != AR_OK || !write->is_written)
        return status;
    return ar_hooks_call(write->s, write->model, kind->after, kind->change == AR_DELETED ? write->copy : write->record);
}

static enum ar_status attempt(struct write *write, const struct hooked_write *kind)
{
    enum ar_status status;

    if (!has_own_transaction(write->model, kind))
        return run_with_hooks(write, kind);
    status = ar_begin(write->s);
    return status == AR_OK ? ar_transaction_end(write->s, run_with_hooks(write, kind)) : status;
}

/* Undo what a failed attempt did to the record and to the copy, of which `original` and `copy` are copies. */
static enum ar_status restore(struct write *write, const struct hooked_write *kind, const void *original,
                              const void *copy)
{
    if (kind->change != AR_DELETED)
        memcpy(write->record, original, write->model->size);
    memcpy(write->copy, copy, write->model->size);
    return ar_write_read_key(write, write->copy);
}

enum ar_status ar_hooked_write(struct write *write, const struct hooked_write *kind)
{
    size_t size = write->model->size;
    char *kept = ar_arena_allocate(&write->store->scratch, 2 * size);
    enum ar_status status = ar_hooks_check_depth(write->s, write->model), restored;

    if (status == AR_OK && kept == NULL)
        status = ar_fail_no_memory(&write->store->failure);
    if (status != AR_OK)
        return status;
    memcpy(kept, write->record, size);
    memcpy(kept + size, write->copy, size);
    status = attempt(write, kind);
    if (status == AR_OK)
        return AR_OK;
    restored = restore(write, kind, kept, kept + size);
    if (restored != AR_OK || !ar_run_may_repeat(write->link, status))
        return status;
    status = attempt(write, kind);
    if (status != AR_OK)
        (void)restore(write, kind, kept, kept + size);
    return status;
}
