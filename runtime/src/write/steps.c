/* The steps that several kinds of writes share. */
#include "write/steps.h"

#include "base/clock.h"
#include "link/run.h"
#include "model/field.h"
#include "model/row.h"
#include "session/transaction.h"
#include "store/identity.h"
#include "write/refused.h"
#include "write/select.h"

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

enum ar_status ar_write_fail_unset_key(const struct write *write, const struct ar_column *column)
{
    return ar_fail(&write->store->failure, AR_INVALID, write->model, column,
                   "%s.%s is not set: the %s has no primary key", write->model->name, column->field,
                   write->model->name);
}

enum ar_status ar_write_check_key(const struct write *write)
{
    if (write->model->key_count == 0)
        return ar_fail(&write->store->failure, AR_MISUSE, write->model, NULL, "rows of %s have no key",
                       write->model->name);
    return write->has_key ? AR_OK : ar_write_fail_unset_key(write, &write->model->columns[write->model->key[0]]);
}

enum ar_status ar_write_check_existing(const struct write *write)
{
    enum ar_status status = ar_transaction_check_writable(write->s, write->model);

    return status == AR_OK ? ar_write_check_key(write) : status;
}

/* ---- Columns of the copy ----------------------------------------------------------------------------------------- */

void ar_write_set_time(const struct write *write, const struct ar_column *column, struct timespec now)
{
    const struct field_reader reader = {.failure = &write->store->failure};
    const struct ar_value value = ar_field_of_time(column, now);

    (void)ar_field_read(&reader, column, &value, write->copy);
}

static bool is_unset_time(const struct ar_column *column, const void *record)
{
    struct ar_value value = ar_field_value(column, record);

    return value.kind == AR_VALUE_NULL || (value.time.seconds == 0 && value.time.nanoseconds == 0);
}

void ar_write_set_timestamps(const struct write *write, bool is_insert)
{
    struct timespec now = {0};

    for (size_t i = 0; i < write->model->column_count; i++) {
        const struct ar_column *column = &write->model->columns[i];
        bool created = (column->flags & AR_COLUMN_CREATED_AT) != 0 && is_insert && is_unset_time(column, write->copy);
        if (!created && (column->flags & AR_COLUMN_UPDATED_AT) == 0)
            continue;
        if (now.tv_sec == 0)
            now = ar_wall_clock();
        ar_write_set_time(write, column, now);
    }
}

void ar_write_count_version(const struct write *write)
{
    const struct ar_column *version = write->identity->layout.version;

    if (version != NULL)
        (void)ar_field_set_integer(version, ar_field_next_version(version, write->copy), &write->store->failure,
                                   write->copy);
}

static enum ar_status fail_without_key(const struct write *write, const struct ar_column *key)
{
    if ((key->flags & AR_COLUMN_GENERATED) == 0)
        return ar_fail(&write->store->failure, AR_INVALID, write->model, key,
                       "the database made no key for the new %s: column %s of table %s has no DEFAULT; create one, or "
                       "set %s.%s",
                       write->model->name, key->name, write->model->table, write->model->name, key->field);
    return ar_fail(&write->store->failure, AR_INVALID, write->model, key,
                   "the database generated no key for the new %s: column %s of table %s must generate one (on SQLite, "
                   "INTEGER PRIMARY KEY does, INT PRIMARY KEY does not), or set %s.%s",
                   write->model->name, key->name, write->model->table, write->model->name, key->field);
}

enum ar_status ar_write_read_columns(struct write *write, const struct row *row,
                                     bool (*returns)(const struct write *write, const struct ar_column *column))
{
    enum ar_status status = AR_OK;
    size_t next = 0;

    for (size_t i = 0; i < write->model->column_count && status == AR_OK; i++) {
        const struct ar_column *column = &write->model->columns[i];
        struct ar_value value;
        if (!returns(write, column))
            continue;
        if (!row->methods->value(row, next, &value))
            return ar_fail_no_memory(&write->store->failure);
        if (value.kind == AR_VALUE_NULL && (column->flags & AR_COLUMN_KEY) != 0)
            return fail_without_key(write, column);
        status = row->methods->read_field(row, next++, column, &write->store->field_reader, write->copy);
    }
    return status;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

enum ar_status ar_write_run(struct write *write, struct statement *statement, struct outcome *outcome,
                            void (*explain)(struct write *write))
{
    enum ar_status status;

    statement->reason = AR_REASON_SAVE;
    statement->model = write->model;
    status = ar_run(write->link, statement, outcome);
    if (status == AR_CONSTRAINT)
        explain(write);
    return status;
}

static enum ar_status fail_conflict(const struct write *write)
{
    const struct ar_column *version = write->identity->layout.version;

    return ar_fail(&write->store->failure, AR_CONFLICT, write->model, version,
                   "the row has changed since this %s was loaded: its %s differs. Reload it and try again",
                   write->model->name, version->name);
}

enum ar_status ar_write_fail_not_found(const struct write *write)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(ar_primary_key(write->model), write->copy, values);
    return ar_write_not_found(&write->store->failure, write->model, values);
}

enum ar_status ar_write_explain_no_row(struct write *write, const struct ar_column *version)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    enum ar_status status = AR_OK;
    bool exists = false;

    ar_key_values(ar_primary_key(write->model), write->copy, values);
    if (version != NULL)
        status = ar_write_select(write->link, write->model, values, AR_REASON_SAVE, ar_note_row, &exists);
    if (status != AR_OK)
        return status;
    return exists ? fail_conflict(write) : ar_write_fail_not_found(write);
}
