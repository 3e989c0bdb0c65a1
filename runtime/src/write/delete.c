/* Deletes of single records. */
#include "write/write.h"

#include "base/clock.h"
#include "link/run.h"
#include "model/field.h"
#include "model/row.h"
#include "session/session.h"
#include "session/transaction.h"
#include "sql/run.h"
#include "store/identity.h"
#include "store/undo.h"
#include "write/dependent.h"
#include "write/hooked.h"
#include "write/parent_sql.h"
#include "write/refused.h"
#include "write/remember.h"
#include "write/select.h"
#include "write/steps.h"
#include "write/write_sql.h"

#include <string.h>

/* Set the times that a delete of this model only sets. */
static void mark(const struct write *write)
{
    const struct timespec now = ar_wall_clock();

    ar_write_set_timestamps(write, false);
    ar_write_set_time(write, write->model->deleted_at, now);
}

/* Of a caller-owned struct only the key is used: let hooks see the row. */
static enum ar_status copy_row(struct write *write)
{
    enum ar_status status = AR_OK;
    bool exists = true;

    if (ar_write_is_own(write))
        return AR_OK;
    if (!ar_write_is_current(write))
        status = ar_write_load_known(write, &exists);
    if (status == AR_OK && !exists)
        status = ar_write_fail_not_found(write);
    if (status == AR_OK)
        memcpy(write->copy, ar_record_data(write->known), write->model->size);
    return status;
}

/* The foreign keys of the deleted row, whose parents are counted. */
struct deleted_row {
    struct write *write;
    struct parents *parents;
};

/* A row that was deleted by a time before it is erased is no longer counted. */
static enum ar_status take_deleted(void *payload, const struct row *row)
{
    const struct deleted_row *deleted = payload;
    struct write *write = deleted->write;
    bool was_living = write->model->deleted_at == NULL || ar_write_marks(write);
    struct ar_value deleted_at;
    size_t next;
    enum ar_status status =
        ar_parent_read_columns(row, &write->store->field_reader, write->model, NULL, write->copy, &next);

    if (status == AR_OK && !was_living) {
        if (!row->methods->value(row, next, &deleted_at))
            return ar_fail_no_memory(&write->store->failure);
        was_living = deleted_at.kind == AR_VALUE_NULL;
    }
    return status == AR_OK && was_living ? ar_parents_add(deleted->parents, write->model, write->copy, -1, NULL)
                                         : status;
}

/* Run the statement of the delete. `parents` is NULL if the model has none. */
static enum ar_status run_delete(struct write *write, const struct ar_column *version, struct parents *parents)
{
    struct deleted_row deleted = {write, parents};
    struct statement statement = {.on_row = parents != NULL ? take_deleted : NULL, .payload = &deleted};
    struct outcome outcome;
    enum ar_status status = ar_write_sql_delete(write, version != NULL, &statement);

    if (status == AR_OK)
        status = ar_write_run(write, &statement, &outcome, ar_write_explain_refused_delete);
    return status == AR_OK && outcome.changes == 0 ? ar_write_explain_no_row(write, version) : status;
}

/* The row of the write as it is now, for dependents that refer to other columns than its key. */
struct current_row {
    const struct write *write;
    void *data; /* a struct in scratch memory */
    bool is_found;
};

static enum ar_status take_current(void *payload, const struct row *row)
{
    struct current_row *current = payload;
    struct store *store = current->write->store;
    const struct field_reader reader = {.text = &store->scratch, .failure = &store->failure};

    current->is_found = true;
    return row->methods->read(row, current->write->model, &reader, current->data);
}

/* Delete what depends on the row. Columns that a relation refers to may differ in the struct: the caller has changed
 * them, or another session has. A row that is missing is reported by the delete itself. */
static enum ar_status delete_dependents(const struct write *write, struct parents *parents)
{
    struct current_row current = {.write = write, .data = write->copy, .is_found = true};
    const struct statement statement = {.on_row = take_current,
                                        .payload = &current,
                                        .is_single = true,
                                        .column_count = write->model->column_count,
                                        .reason = AR_REASON_SAVE,
                                        .model = write->model};
    struct ar_value key[AR_KEY_COLUMNS_MAX];
    enum ar_status status = AR_OK;

    if (write->identity->layout.needs_row) {
        struct sql sql = ar_sql_start_with(write->link, &write->model->select);
        current =
            (struct current_row){write, ar_arena_allocate_zero(&write->store->scratch, write->model->size), false};
        if (current.data == NULL)
            return ar_fail_no_memory(&write->store->failure);
        ar_key_values(ar_primary_key(write->model), write->copy, key);
        ar_sql_add(&sql, " WHERE ", NULL);
        ar_sql_add_key(&sql, ar_primary_key(write->model), key);
        status = ar_sql_run(write->link, &sql, statement, NULL);
    }
    return status == AR_OK && current.is_found ? ar_dependents_delete(write->s, write->model, current.data, parents)
                                               : status;
}

/* Delete the row with everything that depends on it, and update its parents. */
static enum ar_status delete_with_others(struct write *write, const struct ar_column *version)
{
    const struct layout *layout = &write->identity->layout;
    struct parents parents = {.s = write->s};
    enum ar_status status = ar_begin(write->s);

    if (status != AR_OK)
        return status;
    if (layout->has_dependents)
        status = delete_dependents(write, &parents);
    if (status == AR_OK)
        status = run_delete(write, version, layout->has_parents ? &parents : NULL);
    if (status == AR_OK)
        status = ar_parents_write(&parents);
    ar_parents_free(&parents);
    return ar_transaction_end(write->s, status);
}

static enum ar_status delete_row(struct write *write)
{
    const struct layout *layout = &write->identity->layout;
    const struct ar_column *version = ar_write_is_own(write) ? layout->version : NULL;
    bool has_others = layout->has_dependents || layout->has_parents;
    enum ar_status status = ar_write_check_existing(write);

    if (status == AR_OK && !ar_write_marks(write))
        status = ar_dependents_check_shard(write->store, write->model);
    if (status == AR_OK && write->known != NULL)
        status = ar_undo_keep(write->store, write->model, write->known);
    if (status != AR_OK)
        return status;
    if (ar_write_marks(write))
        mark(write);
    status = has_others ? delete_with_others(write, version) : run_delete(write, version, NULL);
    if (has_others && ar_run_may_repeat(write->link, status))
        status = delete_with_others(write, version);
    if (status != AR_OK)
        return status;
    if (ar_write_marks(write)) {
        ar_write_count_version(write);
        ar_write_marked(write);
    } else {
        ar_write_deleted(write);
    }
    write->is_written = true;
    return AR_OK;
}

enum ar_status ar_write_delete(struct write *write)
{
    static const struct hooked_write hooked = {AR_HOOK_BEFORE_DELETE, AR_HOOK_AFTER_DELETE, AR_DELETED, delete_row};
    enum ar_status status;

    if (!ar_hooked_write_concerns(write->model, &hooked))
        return delete_row(write);
    status = ar_write_check_existing(write);
    if (status == AR_OK)
        status = copy_row(write);
    return status == AR_OK ? ar_hooked_write(write, &hooked) : status;
}
