/* Inserts of single records. */
#include "write/write.h"

#include "base/uuid.h"
#include "link/ask.h"
#include "link/run.h"
#include "model/field.h"
#include "session/session.h"
#include "session/transaction.h"
#include "store/identity.h"
#include "write/counted.h"
#include "write/hooked.h"
#include "write/refused.h"
#include "write/remember.h"
#include "write/rules.h"
#include "write/shard.h"
#include "write/steps.h"
#include "write/write_sql.h"

/* ---- Preparation ------------------------------------------------------------------------------------------------- */

/* Fill in the shard key, and read the key that it is part of. */
static enum ar_status fill_shard(struct write *write)
{
    enum ar_status status = ar_write_fill_shard(write->store, write->model, write->copy);

    return status == AR_OK ? ar_write_read_key(write, write->copy) : status;
}

/* Make the UUIDs that the library makes, and read the key that they may be part of. */
static enum ar_status make_uuids(struct write *write)
{
    bool is_key = false;

    for (size_t i = 0; i < write->model->column_count; i++) {
        const struct ar_column *column = &write->model->columns[i];
        if ((column->flags & AR_COLUMN_NEW_UUID) == 0 || !ar_field_is_unset(column, write->copy))
            continue;
        if (!ar_uuid_v7((uint8_t *)write->copy + column->offset))
            return ar_fail(&write->store->failure, AR_DATABASE, write->model, column,
                           "%s.%s: the system provides no random bytes for a UUID", write->model->name, column->field);
        is_key = is_key || (column->flags & AR_COLUMN_KEY) != 0;
    }
    return is_key ? ar_write_read_key(write, write->copy) : AR_OK;
}

enum ar_status ar_write_prepare_insert(struct write *write)
{
    const struct ar_column *missing;
    enum ar_status status = ar_transaction_check_writable(write->s, write->model);

    if (status != AR_OK || !ar_write_prepares_inserts(write->identity))
        return status;
    if (write->identity->has_scope)
        status = fill_shard(write);
    if (status == AR_OK && (write->identity->layout.column_flags & AR_COLUMN_NEW_UUID) != 0)
        status = make_uuids(write);
    if (status != AR_OK)
        return status;
    missing = ar_write_missing_key(write);
    if (missing != NULL)
        return ar_write_fail_unset_key(write, missing);
    if ((write->identity->layout.column_flags & (AR_COLUMN_CREATED_AT | AR_COLUMN_UPDATED_AT)) != 0)
        ar_write_set_timestamps(write, true);
    return ar_write_check_rules(write, true);
}

/* ---- The statement ----------------------------------------------------------------------------------------------- */

/* The values that an insert returns. */
struct returned {
    size_t columns;
    bool key_alone;
    bool may_not_fit; /* a default or computed value may not fit its field, or there is no memory for it */
};

static struct returned returned_by(const struct write *write)
{
    struct returned returned = {.columns = write->has_key ? 0 : 1, .key_alone = true};

    if (!write->or_update && (write->identity->layout.column_flags & (AR_COLUMN_DEFAULT | AR_COLUMN_COMPUTED)) == 0)
        return returned;
    returned.columns = 0;
    for (size_t i = 0; i < write->model->column_count; i++) {
        const struct ar_column *column = &write->model->columns[i];
        if (!ar_write_returns(write, column))
            continue;
        returned.columns++;
        returned.key_alone = returned.key_alone && (column->flags & AR_COLUMN_GENERATED) != 0;
        returned.may_not_fit = returned.may_not_fit || (column->flags & (AR_COLUMN_DEFAULT | AR_COLUMN_COMPUTED)) != 0;
    }
    return returned;
}

/* Return true if the database may generate no key, as SQLite does for INT PRIMARY KEY, or one that does not fit. */
static bool key_may_not_fit(const struct write *write)
{
    const struct driver *driver = write->link->db->driver;
    const struct ar_column *key = write->identity->layout.generated;

    if (write->has_key || key == NULL) /* a default is reported as one */
        return false;
    if (driver->reports_key != NULL && !write->reports_key)
        return true;
    return key->type != AR_TYPE_INT64 && driver->dialect.casts[key->type] == NULL;
}

/* Return true if an insert or update wrote nothing: the row's version differs, or it is deleted by a time. */
static bool wrote_nothing(const struct write *write, const struct outcome *outcome)
{
    if (write->identity->layout.version != NULL)
        return outcome->rows == 0;
    return write->model->deleted_at != NULL && outcome->changes == 0;
}

/* Return true if a trigger has skipped the row, and so no key was returned. */
static bool is_skipped(const struct write *write, const struct outcome *outcome, bool returns)
{
    return !write->has_key && (write->reports_key ? outcome->changes == 0 : returns && outcome->rows == 0);
}

static enum ar_status read_inserted(void *payload, const struct row *row)
{
    return ar_write_read_columns(payload, row, ar_write_returns);
}

static enum ar_status run_insert(struct write *write, bool returns, bool is_undone)
{
    struct statement statement = {.on_row = returns ? read_inserted : NULL, .payload = write};
    struct outcome outcome;
    enum ar_status status = ar_write_sql_insert(write, &statement);

    if (status == AR_OK)
        status = ar_write_run(write, &statement, &outcome, ar_write_explain_refusal);
    if (status == AR_OK && write->or_update && wrote_nothing(write, &outcome))
        status = ar_write_explain_no_row(write, write->identity->layout.version);
    /* An insert without a transaction ignores that: the trigger may have written the row into another table. */
    if (status == AR_OK && is_undone && is_skipped(write, &outcome, returns))
        status = ar_fail(&write->store->failure, AR_DATABASE, write->model, NULL,
                         "a row was not inserted into %s: a trigger skips it", write->model->table);
    if (status == AR_OK && write->reports_key && outcome.changes > 0)
        status =
            ar_field_set_integer(write->identity->layout.generated, outcome.key, &write->store->failure, write->copy);
    return status;
}

static enum ar_status run_insert_in_transaction(struct write *write, bool returns)
{
    enum ar_status status = ar_begin(write->s);

    return status == AR_OK ? ar_transaction_end(write->s, run_insert(write, returns, false)) : status;
}

enum ar_status ar_write_run_insert(struct write *write, bool or_update, bool is_undone)
{
    struct returned returned;
    enum ar_status status = AR_OK;
    bool returns;

    write->or_update = or_update;
    returned = returned_by(write);
    if (returned.columns == 1 && returned.key_alone)
        status = ar_ask_reports_key(write->link, write->model, &write->reports_key);
    if (status != AR_OK)
        return status;
    returns = returned.columns > 0 && !write->reports_key;
    /* If the insert fails afterwards, no row may remain. */
    if (is_undone || (!returned.may_not_fit && !key_may_not_fit(write)))
        return run_insert(write, returns, is_undone);
    status = run_insert_in_transaction(write, returns);
    return ar_run_may_repeat(write->link, status) ? run_insert_in_transaction(write, returns) : status;
}

/* ---- Inserts ----------------------------------------------------------------------------------------------------- */

static enum ar_status insert(struct write *write)
{
    enum ar_status status = ar_write_prepare_insert(write);

    if (status == AR_OK && write->identity->layout.has_parents)
        status = ar_counted_insert(write, write->or_update, ar_write_run_insert);
    else if (status == AR_OK)
        status = ar_write_run_insert(write, write->or_update, false);
    if (status != AR_OK)
        return status;
    ar_write_inserted(write);
    write->is_written = true;
    return AR_OK;
}

enum ar_status ar_write_insert(struct write *write, bool or_update)
{
    static const struct hooked_write hooked = {AR_HOOK_BEFORE_INSERT, AR_HOOK_AFTER_INSERT, AR_INSERTED, insert};
    enum ar_status status;

    write->or_update = or_update;
    if (!ar_hooked_write_concerns(write->model, &hooked))
        return insert(write);
    status = ar_transaction_check_writable(write->s, write->model);
    return status == AR_OK ? ar_hooked_write(write, &hooked) : status;
}
