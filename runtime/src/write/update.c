/* Updates of single records. */
#include "write/write.h"

#include "link/run.h"
#include "model/field.h"
#include "session/session.h"
#include "session/transaction.h"
#include "store/identity.h"
#include "store/undo.h"
#include "write/counted.h"
#include "write/hooked.h"
#include "write/refused.h"
#include "write/remember.h"
#include "write/rules.h"
#include "write/steps.h"
#include "write/write_sql.h"

#include <string.h>

/* Find out if any column differs. If so, set the timestamps of the copy and check the columns that are written. */
static enum ar_status prepare_update(struct write *write, const void *image, bool *is_needed)
{
    enum ar_status status = ar_write_find_updated(write, image, is_needed);

    if (status == AR_OK && *is_needed && (write->identity->layout.column_flags & AR_COLUMN_UPDATED_AT) != 0) {
        ar_write_set_timestamps(write, false);
        status = ar_write_find_updated(write, image, is_needed); /* the timestamp may equal the old one */
    }
    return status == AR_OK && *is_needed ? ar_write_check_rules(write, false) : status;
}

/* An update does not write counters and computed columns: the record keeps what the session knows of them. */
static void restore_unwritten(const struct write *write)
{
    const struct record *known = write->known;
    const void *image = known != NULL ? ar_record_image(write->model, known) : NULL;

    for (size_t i = 0; i < write->model->column_count && image != NULL; i++)
        if ((write->model->columns[i].flags & (AR_COLUMN_COUNTER | AR_COLUMN_COMPUTED)) != 0)
            ar_field_copy(&write->model->columns[i], image, write->copy);
}

static enum ar_status read_updated(void *payload, const struct row *row)
{
    return ar_write_read_columns(payload, row, ar_write_refreshes);
}

static enum ar_status run_plain_update(struct write *write, struct statement *statement)
{
    struct outcome outcome;
    enum ar_status status = ar_write_run(write, statement, &outcome, ar_write_explain_refusal);

    return status == AR_OK && outcome.changes == 0 ? ar_write_explain_no_row(write, write->identity->layout.version)
                                                   : status;
}

/* If a computed value does not fit its field, the row must stay as it was. */
static enum ar_status run_refreshing_update(struct write *write, struct statement *statement)
{
    enum ar_status status = ar_begin(write->s);

    statement->on_row = read_updated;
    statement->payload = write;
    return status == AR_OK ? ar_transaction_end(write->s, run_plain_update(write, statement)) : status;
}

static enum ar_status run_update_statement(struct write *write, struct statement *statement)
{
    enum ar_status status;

    if ((write->identity->layout.column_flags & AR_COLUMN_COMPUTED) == 0)
        return run_plain_update(write, statement);
    status = run_refreshing_update(write, statement);
    return ar_run_may_repeat(write->link, status) ? run_refreshing_update(write, statement) : status;
}

/* Return the row before the write, or NULL if it is unknown. It is the image, which changes only afterwards, unless
 * other statements run in the same transaction: then return a copy. */
static enum ar_status keep_before(const struct write *write, const void *image, const void **out)
{
    const struct layout *layout = &write->identity->layout;
    const void *row = image != NULL ? ar_write_row_before(write) : NULL;
    void *copy;

    *out = row;
    if (row == NULL || (!layout->has_parents && (layout->column_flags & AR_COLUMN_COMPUTED) == 0))
        return AR_OK;
    copy = ar_arena_allocate(&write->store->scratch, write->model->size);
    if (copy == NULL)
        return ar_fail_no_memory(&write->store->failure);
    *out = memcpy(copy, row, write->model->size);
    return AR_OK;
}

static enum ar_status run_update(struct write *write)
{
    const struct layout *layout = &write->identity->layout;
    struct statement statement = {0};
    enum ar_status status = ar_write_sql_update(write, &statement);

    if (status == AR_OK && write->known != NULL)
        status = ar_undo_keep(write->store, write->model, write->known);
    if (status != AR_OK)
        return status;
    if (layout->version != NULL)
        ar_write_count_version(write);
    if (layout->has_parents && ar_counted_has_update(write))
        return ar_counted_update(write, &statement, run_update_statement);
    return run_update_statement(write, &statement);
}

static enum ar_status update(struct write *write)
{
    const void *image = ar_write_image(write), *before;
    bool is_needed;
    enum ar_status status = ar_write_check_existing(write);

    if (status == AR_OK)
        status = keep_before(write, image, &before);
    if (status == AR_OK && (write->identity->layout.column_flags & (AR_COLUMN_COUNTER | AR_COLUMN_COMPUTED)) != 0)
        restore_unwritten(write);
    if (status == AR_OK)
        status = prepare_update(write, image, &is_needed);
    if (status == AR_OK && !is_needed)
        ar_write_unchanged(write);
    if (status != AR_OK || !is_needed)
        return status;
    status = run_update(write);
    if (status != AR_OK)
        return status;
    ar_write_updated(write, before);
    write->is_written = true;
    return AR_OK;
}

/* Hooks run only if a column differs. */
enum ar_status ar_write_update(struct write *write)
{
    static const struct hooked_write hooked = {AR_HOOK_BEFORE_UPDATE, AR_HOOK_AFTER_UPDATE, AR_UPDATED, update};
    enum ar_status status;
    bool is_needed;

    if (!ar_hooked_write_concerns(write->model, &hooked))
        return update(write);
    status = ar_write_check_existing(write);
    if (status == AR_OK)
        status = ar_write_find_updated(write, ar_write_image(write), &is_needed);
    if (status != AR_OK || is_needed)
        return status == AR_OK ? ar_hooked_write(write, &hooked) : status;
    ar_write_unchanged(write);
    return AR_OK;
}
