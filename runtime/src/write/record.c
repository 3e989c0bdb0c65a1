/* Single records: find, reload, save, insert, update, delete. */
#include "model/field.h"
#include "model/row.h"
#include "session/hook.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "sql/living.h"
#include "sql/run.h"
#include "store/identity.h"
#include "store/identity_row.h"
#include "write/remember.h"
#include "write/restore.h"
#include "write/select.h"
#include "write/steps.h"
#include "write/write.h"

#include <armature/record.h>

#include <string.h>

/* ---- Find and reload --------------------------------------------------------------------------------------------- */

/* Store the row in the identity map. */
struct found_row {
    struct store *store;
    struct identity *identity;
    struct record *record; /* NULL if there was no row */
};

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct found_row *found = payload;

    /* A single record has no siblings and needs no result. */
    return ar_identity_take_row(found->store, found->identity, row, NULL, &found->record);
}

/* Build the statement that finds a row by its key and locks it. */
static enum ar_status select_for_update(struct ar_session *s, const struct ar_model *model, const struct ar_value *key,
                                        struct found_row *found)
{
    const struct statement statement = {
        .on_row = take_row,
        .payload = found,
        .is_single = true,
        .column_count = model->column_count,
        .reason = AR_REASON_QUERY,
        .model = model,
    };
    struct sql sql = ar_sql_start_with(&s->link, &model->select);

    ar_sql_add(&sql, " WHERE ", NULL);
    ar_sql_add_key(&sql, ar_primary_key(model), key);
    (void)ar_sql_add_living(&sql, " AND ", model, NULL);
    ar_sql_add(&sql, s->link.db->driver->dialect.lock[AR_LOCK_UPDATE], NULL);
    return ar_sql_run(&s->link, &sql, statement, NULL);
}

static enum ar_status find(struct ar_session *s, const struct ar_model *model, const struct ar_value *key,
                           bool for_update, void **out)
{
    struct found_row found = {.store = &s->store, .identity = ar_identity(&s->store, model)};
    enum ar_status status = found.identity != NULL ? AR_OK : AR_NO_MEMORY;

    if (status == AR_OK)
        status = for_update ? select_for_update(s, model, key, &found)
                            : ar_write_select(&s->link, model, key, AR_REASON_QUERY, take_row, &found);

    *out = NULL;
    if (status == AR_OK && found.record == NULL)
        status = ar_write_not_found(&s->store.failure, model, key);
    if (status == AR_OK)
        *out = ar_record_data(found.record);
    return ar_session_done(s, status);
}

enum ar_status ar_record_find(struct ar_session *s, const struct ar_model *model, const struct ar_value *key,
                              void **out)
{
    AR_USE(s, (*out = NULL, AR_MISUSE));
    return find(s, model, key, false, out);
}

enum ar_status ar_record_find_for_update(struct ar_session *s, const struct ar_model *model, const struct ar_value *key,
                                         void **out)
{
    AR_USE(s, (*out = NULL, AR_MISUSE));
    enum ar_status status = ar_transaction_check_lock(s, model);

    *out = NULL;
    return status == AR_OK ? find(s, model, key, true, out) : status;
}

/* End a call that started a write. */
static enum ar_status end(const struct write *write, enum ar_status status)
{
    if (ar_write_is_partial(write))
        ar_partial_close(write->model, write->known);
    return ar_session_done(write->s, status);
}

/* Read the row into a copy of a struct, which may be caller-owned. */
struct reloaded_row {
    struct store *store;
    const struct ar_model *model;
    void *copy;
    bool is_found;
};

static enum ar_status read_row(void *payload, const struct row *row)
{
    struct reloaded_row *reloaded = payload;

    reloaded->is_found = true;
    return ar_row_fail(row, reloaded->model, &reloaded->store->failure,
                       row->methods->read(row, reloaded->model, &reloaded->store->field_reader, reloaded->copy));
}

enum ar_status ar_record_reload(struct ar_session *s, const struct ar_model *model, void *record)
{
    AR_USE(s, AR_MISUSE);
    struct reloaded_row row = {
        .store = &s->store, .model = model, .copy = ar_arena_allocate(&s->store.scratch, model->size)};
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    struct write write;
    enum ar_status status =
        row.copy != NULL ? ar_write_start(s, model, record, &write) : ar_fail_no_memory(&s->store.failure);

    if (status == AR_OK)
        status = ar_write_check_key(&write);
    if (status != AR_OK)
        return ar_session_done(s, status);
    memcpy(row.copy, record, model->size);
    ar_key_values(ar_primary_key(model), record, values);
    status = ar_write_select(&s->link, model, values, AR_REASON_QUERY, read_row, &row);
    if (status == AR_OK && !row.is_found)
        status = ar_write_not_found(&s->store.failure, model, values);
    if (status != AR_OK)
        return end(&write, status);
    /* Discard the caller's changes. */
    memcpy(record, row.copy, model->size);
    ar_write_remember(&write, record, false);
    if (ar_write_is_partial(&write))
        write.known->is_partial = false;
    return ar_session_done(s, AR_OK);
}

/* ---- Write ------------------------------------------------------------------------------------------------------- */

/* Start a write. A partial record is completed if functions of the program will see it, or if rows of other tables
 * follow from it; of any other, the loaded columns are written. */
static enum ar_status start(struct ar_session *s, const struct ar_model *model, void *record, bool takes_deleted,
                            struct write *out)
{
    const struct layout *layout;
    enum ar_status status;
    bool exists;

    if (model->is_read_only) {
        *out = (struct write){.s = s, .model = model};
        return ar_transaction_check_writable(s, model);
    }
    status = ar_write_start(s, model, record, out);
    out->takes_deleted = takes_deleted;
    if (status != AR_OK || out->identity == NULL || !ar_write_is_partial(out))
        return status;
    layout = &out->identity->layout;
    if (out->assigned != NULL)
        return ar_fail(&s->store.failure, AR_MISUSE, model, out->assigned,
                       "%s.%s was assigned, but not loaded: add it to %s_only, or call %s_reload first", model->name,
                       out->assigned->field, model->name, model->name);
    if (model->hook_count == 0 && !layout->has_parents && !layout->has_dependents)
        return AR_OK;
    status = ar_write_load_known(out, &exists);
    if (status == AR_OK)
        memcpy(out->copy, record, model->size);
    return status;
}

enum ar_status ar_record_insert(struct ar_session *s, const struct ar_model *model, void *record)
{
    AR_USE(s, AR_MISUSE);
    struct write write;
    enum ar_status status = start(s, model, record, false, &write);

    if (status == AR_OK && ar_write_is_partial(&write))
        status = ar_fail(&s->store.failure, AR_MISUSE, model, NULL,
                         "a %s of which some columns were not loaded cannot be inserted: call %s_reload first",
                         model->name, model->name);
    return end(&write, status == AR_OK ? ar_write_insert(&write, false) : status);
}

enum ar_status ar_record_update(struct ar_session *s, const struct ar_model *model, void *record)
{
    AR_USE(s, AR_MISUSE);
    struct write write;
    enum ar_status status = start(s, model, record, false, &write);

    return end(&write, status == AR_OK ? ar_write_update(&write) : status);
}

/* Insert or update a row of which the session does not know if it exists, in one statement. If the model has hooks,
 * find out first, because they differ; AR_CREATED_AT of the row is kept in both cases. */
static enum ar_status insert_or_update(struct write *write)
{
    const struct ar_model *model = write->model;
    bool exists;
    enum ar_status status;

    if (!ar_hooks_any(model, ar_hooks_of_save()))
        return ar_write_insert(write, true);
    status = ar_write_load_known(write, &exists);
    if (status != AR_OK || !exists)
        return status == AR_OK ? ar_write_insert(write, false) : status;
    for (size_t i = 0; i < model->column_count; i++)
        if ((model->columns[i].flags & AR_COLUMN_CREATED_AT) != 0)
            ar_field_copy(&model->columns[i], ar_record_data(write->known), write->copy);
    return ar_write_update(write);
}

/* Save a record whose key the caller sets: update the row if it exists, otherwise insert it. The session's knowledge of
 * the row may be outdated, because delete_all, ar_execute or a rollback may have removed it. A record of the session is
 * read again, so that only its changes are written; a caller-owned struct is written completely. */
static enum ar_status save_by_key(struct write *write)
{
    enum ar_status status;
    bool exists;

    if (write->known == NULL)
        return insert_or_update(write);
    if (ar_write_is_current(write))
        return ar_write_update(write);
    if (ar_record_data(write->known) != write->record)
        return insert_or_update(write);
    status = ar_write_load_known(write, &exists);
    if (status != AR_OK)
        return status;
    memcpy(write->copy, write->record, write->model->size);
    if (!exists && ar_write_is_partial(write)) /* what was not loaded is lost */
        return ar_write_update(write);
    return exists ? ar_write_update(write) : ar_write_insert(write, true);
}

enum ar_status ar_record_save(struct ar_session *s, const struct ar_model *model, void *record)
{
    AR_USE(s, AR_MISUSE);
    struct write write;
    enum ar_status status = start(s, model, record, false, &write);

    if (status != AR_OK)
        return end(&write, status);
    if (!write.has_key)
        status = ar_write_insert(&write, false);
    else
        status = write.identity->layout.generated != NULL ? ar_write_update(&write) : save_by_key(&write);
    return end(&write, status);
}

enum ar_status ar_record_delete(struct ar_session *s, const struct ar_model *model, const void *record)
{
    AR_USE(s, AR_MISUSE);
    struct write write;
    enum ar_status status = start(s, model, (void *)(uintptr_t)record, false, &write);

    return end(&write, status == AR_OK ? ar_write_delete(&write) : status);
}

enum ar_status ar_record_erase(struct ar_session *s, const struct ar_model *model, const void *record)
{
    AR_USE(s, AR_MISUSE);
    struct write write;
    enum ar_status status = start(s, model, (void *)(uintptr_t)record, true, &write);

    return end(&write, status == AR_OK ? ar_write_delete(&write) : status);
}

enum ar_status ar_record_restore(struct ar_session *s, const struct ar_model *model, void *record)
{
    AR_USE(s, AR_MISUSE);
    struct write write;
    enum ar_status status = start(s, model, record, true, &write);

    return end(&write, status == AR_OK ? ar_write_restore(&write) : status);
}
