/* Assignments to the row of one record, in one UPDATE that does not compare the version: other sessions may change the
 * row at the same time.
 *
 * The copy of the write is the row as the session knows it, with the assigned values: caches and hooks see it. The
 * record takes the columns that were written, and keeps the caller's other changes. It takes the version only if that
 * is the one after its own: otherwise another session has changed the row since it was loaded, and a later update of
 * the record must be AR_CONFLICT. */
#include "link/run.h"
#include "model/field.h"
#include "model/row.h"
#include "session/changes.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "sql/living.h"
#include "sql/run.h"
#include "store/undo.h"
#include "write/assign.h"
#include "write/assignments.h"
#include "write/hooked.h"
#include "write/parent_sql.h"
#include "write/refused.h"
#include "write/remember.h"
#include "write/select.h"
#include "write/steps.h"
#include "write/write.h"

#include <armature/record.h>

#include <string.h>

static enum ar_status fail_not_found(const struct write *write)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(ar_primary_key(write->model), write->copy, values);
    return ar_write_not_found(&write->store->failure, write->model, values);
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* The key identifies the record, and the counters of parents depend on their foreign keys. */
static enum ar_status check_columns(const struct write *write)
{
    const struct ar_model *model = write->model;

    for (size_t i = 0; i < write->set->count && i < AR_ASSIGNMENT_COLUMNS; i++) {
        const struct ar_column *column = write->set->columns[i].column;
        if (column->model != model)
            continue; /* reported with the value */
        if ((column->flags & AR_COLUMN_KEY) != 0)
            return ar_fail(&write->store->failure, AR_MISUSE, model, column,
                           "assign of %s: %s is part of the primary key, which never changes", model->name,
                           column->field);
        if (ar_parent_key_has(model, (size_t)(column - model->columns), NULL))
            return ar_fail(&write->store->failure, AR_MISUSE, model, column,
                           "assign of %s: rows are counted or noted by %s: set the field and save the record instead",
                           model->name, column->field);
    }
    return AR_OK;
}

/* Return true if the statement returns the column: the program does not know its value. */
static bool is_returned(const struct write *write, const struct ar_column *column)
{
    if ((column->flags & AR_COLUMN_VERSION) != 0 && !ar_assignments_have(write->set, write->set->count, column))
        return true;
    return (column->flags & AR_COLUMN_COMPUTED) != 0 || ar_assignments_compute(write->set, column);
}

static bool is_written(const struct write *write, const struct ar_column *column)
{
    return is_returned(write, column) || (column->flags & AR_COLUMN_UPDATED_AT) != 0 ||
           ar_assignments_have(write->set, write->set->count, column);
}

/* ---- The statement ----------------------------------------------------------------------------------------------- */

static enum ar_status build(struct write *write, struct sql *sql)
{
    const struct ar_model *model = write->model;
    struct assignments assignments = {.sql = sql,
                                      .model = model,
                                      .set = write->set,
                                      .call = "assign",
                                      .reader = write->store->field_reader,
                                      .record = write->copy};
    const char *intro = " RETURNING ";
    struct ar_value key[AR_KEY_COLUMNS_MAX];
    enum ar_status status;

    ar_key_values(ar_primary_key(model), write->copy, key);
    ar_sql_add(sql, "UPDATE ", ar_sql_table(sql, model), NULL);
    status = ar_assignments_add(&assignments);
    if (status != AR_OK)
        return status;
    ar_sql_add(sql, " WHERE ", NULL);
    ar_sql_add_key(sql, ar_primary_key(model), key);
    (void)ar_sql_add_living(sql, " AND ", model, NULL);
    for (size_t i = 0; i < model->column_count; i++) {
        if (!is_returned(write, &model->columns[i]))
            continue;
        ar_sql_add(sql, intro, NULL);
        ar_sql_add_result(sql, NULL, &model->columns[i]);
        intro = ", ";
    }
    return AR_OK;
}

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct write *write = payload;
    enum ar_status status = AR_OK;
    size_t next = 0;

    for (size_t i = 0; i < write->model->column_count && status == AR_OK; i++)
        if (is_returned(write, &write->model->columns[i]))
            status = row->methods->read_field(row, next++, &write->model->columns[i], &write->store->field_reader,
                                              write->copy);
    return status;
}

static enum ar_status run(struct write *write)
{
    struct statement statement = {.on_row = take_row, .payload = write};
    struct sql sql = ar_sql_start(write->link);
    struct outcome outcome;
    enum ar_status status = build(write, &sql);

    if (status == AR_OK)
        status = ar_sql_finish(&sql, &statement);
    if (status == AR_OK)
        status = ar_write_run(write, &statement, &outcome, ar_write_explain_refusal);
    if (status == AR_INVALID && write->store->failure.violation == VIOLATION_RANGE)
        ar_assign_explain_range(write->model, write->set, &write->store->failure, "assign",
                                "; the row was not changed");
    return status == AR_OK && outcome.changes == 0 ? fail_not_found(write) : status;
}

static enum ar_status run_in_transaction(struct write *write)
{
    enum ar_status status = ar_begin(write->s);

    return status == AR_OK ? ar_transaction_end(write->s, run(write)) : status;
}

/* If a computed value does not fit its field, the row must stay as it was. */
static enum ar_status run_and_undo(struct write *write)
{
    enum ar_status status;

    if ((write->identity->layout.column_flags & AR_COLUMN_COMPUTED) == 0)
        return run(write);
    status = run_in_transaction(write);
    return ar_run_may_repeat(write->link, status) ? run_in_transaction(write) : status;
}

/* ---- Afterwards -------------------------------------------------------------------------------------------------- */

/* Return true if nothing has changed the row between the version of `known` and the one that was written. */
static bool is_next_version(const struct write *write, const void *known)
{
    const struct ar_column *version = write->identity->layout.version;

    return version == NULL || ar_field_value(version, write->copy).integer == ar_field_next_version(version, known);
}

/* Copy the columns that were written to a struct or an image. If `image` is given, a field of the struct that differs
 * from it has an unsaved change, which stays. */
static void take_written(const struct write *write, const uint64_t *loaded, bool takes_version, const void *image,
                         void *to)
{
    for (size_t i = 0; i < write->model->column_count; i++) {
        const struct ar_column *column = &write->model->columns[i];
        if (!is_written(write, column) || (loaded != NULL && !ar_columns_have(loaded, i)) ||
            (image != NULL && !ar_field_identical(column, to, image)) ||
            ((column->flags & AR_COLUMN_VERSION) != 0 && !takes_version))
            continue;
        ar_field_copy(column, write->copy, to);
    }
}

/* The caller may write into a `char *` of the record: the image needs another copy. */
static bool writes_writable_text(const struct write *write)
{
    for (size_t i = 0; i < write->set->count; i++)
        if ((write->set->columns[i].column->flags & AR_COLUMN_WRITABLE_TEXT) != 0)
            return true;
    return false;
}

static void remember_known(struct write *write)
{
    struct record *known = write->known;
    void *data = ar_record_data(known), *image = ar_record_image(write->model, known);
    const uint64_t *loaded = known->is_partial ? ar_partial_columns(write->model, known) : NULL;
    bool takes_version = is_next_version(write, image);

    /* The caller may have passed a copy of the record, whose other changes are still to be saved. */
    take_written(write, loaded, takes_version, data == write->record ? NULL : image, data);
    take_written(write, loaded, takes_version, NULL, image);
    if (!takes_version)
        known->generation = write->identity->generation - 1; /* read it again when next needed */
    if (writes_writable_text(write) &&
        ar_record_own_writable_texts(write->model, &write->store->text, &write->store->failure, image) != AR_OK)
        ar_identity_forget(write->identity, &write->key);
}

/* ---- The write --------------------------------------------------------------------------------------------------- */

static enum ar_status assign(struct write *write)
{
    const struct ar_model *model = write->model;
    const void *row = ar_write_row_before(write);
    void *before = NULL;
    enum ar_status status = AR_OK;

    if (row != NULL) {
        before = ar_arena_allocate(&write->store->scratch, model->size);
        if (before == NULL)
            return ar_fail_no_memory(&write->store->failure);
        memcpy(before, row, model->size);
        memcpy(write->copy, row, model->size);
    }
    if (write->known != NULL)
        status = ar_undo_keep(write->store, model, write->known);
    if (status == AR_OK)
        status = run_and_undo(write);
    if (status != AR_OK)
        return status;
    ar_write_assigned(write, before);
    if (write->known == NULL || ar_record_data(write->known) != write->record)
        take_written(write, NULL, is_next_version(write, write->record), NULL, write->record);
    if (write->known != NULL)
        remember_known(write);
    write->is_written = true;
    return AR_OK;
}

/* Hooks at the end of the transaction see the whole row. */
static enum ar_status assign_noted(struct write *write)
{
    static const struct hooked_write hooked = {.change = AR_UPDATED, .run = assign};
    bool exists = true;
    enum ar_status status = AR_OK;

    if (!ar_write_is_current(write) || ar_write_row_before(write) == NULL)
        status = ar_write_load_known(write, &exists);
    if (status != AR_OK || !exists)
        return status == AR_OK ? fail_not_found(write) : status;
    return ar_hooked_note(write, &hooked);
}

enum ar_status ar_record_assign(struct ar_session *s, const struct ar_model *model, void *record,
                                const struct ar_assignment *set)
{
    AR_USE(s, AR_MISUSE);
    struct write write;
    enum ar_status status = ar_transaction_check_writable(s, model);

    if (status != AR_OK)
        return ar_session_done(s, status);
    status = ar_write_start(s, model, record, &write);
    write.set = set;
    if (status == AR_OK)
        status = ar_write_check_key(&write);
    if (status == AR_OK)
        status = check_columns(&write);
    if (status == AR_OK)
        status = ar_changes_concern(model) ? assign_noted(&write) : assign(&write);
    if (ar_write_is_partial(&write))
        ar_partial_close(model, write.known);
    return ar_session_done(s, status);
}
