/* Makes rows living again that are deleted by a time. */
#include "write/restore.h"

#include "link/run.h"
#include "model/describe.h"
#include "model/field.h"
#include "session/changes.h"
#include "session/session.h"
#include "session/transaction.h"
#include "store/undo.h"
#include "write/hooked.h"
#include "write/parent_sql.h"
#include "write/parents.h"
#include "write/refused.h"
#include "write/remember.h"
#include "write/select.h"
#include "write/steps.h"
#include "write/write_sql.h"

#include <string.h>

static enum ar_status fail_not_found(const struct write *write)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    char text[256];

    ar_key_values(ar_primary_key(write->model), write->copy, values);
    ar_describe_values(values, write->model->key_count, text, sizeof text);
    return ar_fail(&write->store->failure, AR_NOT_FOUND, write->model, NULL,
                   "no deleted row of table %s has the key %s%s", write->model->table, text,
                   ar_write_is_own(write) && write->identity->layout.version != NULL ? ", or its version differs" : "");
}

/* The copy of a caller-owned struct is that of the row, as far as it is known. */
static enum ar_status copy_row(struct write *write)
{
    const struct ar_model *model = write->model;
    enum ar_status status = AR_OK;
    bool exists = true;

    if (ar_write_is_own(write))
        return AR_OK;
    if (ar_changes_concern(model) && !ar_write_is_current(write))
        status = ar_write_load_known(write, &exists);
    if (status != AR_OK || !exists)
        return status == AR_OK ? fail_not_found(write) : status;
    if (write->known != NULL) {
        memcpy(write->copy, ar_record_data(write->known), model->size);
        return AR_OK;
    }
    memset(write->copy, 0, model->size);
    for (size_t i = 0; i < model->key_count; i++)
        ar_field_copy(&model->columns[model->key[i]], write->record, write->copy);
    return AR_OK;
}

/* The caller's struct takes what was written. The version of a caller-owned one may be older. */
static void take_written(const struct write *write)
{
    for (size_t i = 0; i < write->model->column_count; i++) {
        const struct ar_column *column = &write->model->columns[i];
        int written = AR_COLUMN_DELETED_AT | AR_COLUMN_UPDATED_AT | (ar_write_is_own(write) ? AR_COLUMN_VERSION : 0);
        if ((column->flags & (unsigned)written) != 0)
            ar_field_copy(column, write->copy, write->record);
    }
}

/* The foreign keys of the restored row, whose parents count it again. */
struct restored_row {
    struct write *write;
    struct parents *parents;
};

static enum ar_status take_restored(void *payload, const struct row *row)
{
    const struct restored_row *restored = payload;
    struct write *write = restored->write;
    size_t next;
    enum ar_status status =
        ar_parent_read_columns(row, &write->store->field_reader, write->model, NULL, write->copy, &next);

    return status == AR_OK ? ar_parents_add(restored->parents, write->model, write->copy, 1, NULL) : status;
}

/* Run the statement. `parents` is NULL if the model has none. */
static enum ar_status run_restore(struct write *write, struct parents *parents)
{
    bool checks_version = ar_write_is_own(write) && write->identity->layout.version != NULL;
    struct restored_row restored = {write, parents};
    struct statement statement = {.on_row = parents != NULL ? take_restored : NULL, .payload = &restored};
    struct outcome outcome;
    enum ar_status status = ar_write_sql_restore(write, checks_version, &statement);

    if (status == AR_OK)
        status = ar_write_run(write, &statement, &outcome, ar_write_explain_refusal);
    return status == AR_OK && outcome.changes == 0 ? fail_not_found(write) : status;
}

static enum ar_status restore_with_parents(struct write *write)
{
    struct parents parents = {.s = write->s};
    enum ar_status status = ar_begin(write->s);

    if (status != AR_OK)
        return status;
    status = run_restore(write, &parents);
    if (status == AR_OK)
        status = ar_parents_write(&parents);
    ar_parents_free(&parents);
    return ar_transaction_end(write->s, status);
}

static enum ar_status restore(struct write *write)
{
    bool has_parents = write->identity->layout.has_parents;
    enum ar_status status = write->known != NULL ? ar_undo_keep(write->store, write->model, write->known) : AR_OK;

    if (status != AR_OK)
        return status;
    ar_write_set_timestamps(write, false);
    ar_field_set_null(write->model->deleted_at, write->copy);
    status = has_parents ? restore_with_parents(write) : run_restore(write, NULL);
    if (has_parents && ar_run_may_repeat(write->link, status))
        status = restore_with_parents(write);
    if (status != AR_OK)
        return status;
    ar_write_count_version(write);
    take_written(write);
    ar_write_marked(write);
    write->is_written = true;
    return AR_OK;
}

enum ar_status ar_write_restore(struct write *write)
{
    static const struct hooked_write hooked = {.change = AR_UPDATED, .run = restore};
    enum ar_status status = ar_write_check_existing(write);

    if (status == AR_OK)
        status = copy_row(write);
    if (status != AR_OK)
        return status;
    return ar_changes_concern(write->model) ? ar_hooked_note(write, &hooked) : restore(write);
}
