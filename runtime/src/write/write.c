/* Writing one record: insert, update, delete. */
#include "write/write.h"

#include "base/clock.h"
#include "base/uuid.h"
#include "link/ask.h"
#include "link/run.h"
#include "model/describe.h"
#include "model/field.h"
#include "model/row.h"
#include "session/session.h"
#include "session/transaction.h"
#include "sql/run.h"
#include "store/identity.h"
#include "store/identity_row.h"
#include "store/undo.h"
#include "write/counted.h"
#include "write/dependent.h"
#include "write/hooked.h"
#include "write/parent_sql.h"
#include "write/refused.h"
#include "write/remember.h"
#include "write/rules.h"
#include "write/write_sql.h"

#include <stdio.h>
#include <string.h>

enum ar_status ar_write_check_shard_key(struct store *store, const struct ar_model *model, const void *record)
{
    const struct ar_column *shard = model->shard_key;
    const void *image;

    if (shard == NULL || !ar_arena_contains(&store->objects, record))
        return AR_OK;
    image = ar_record_image(model, ar_record_of(record));
    if (image == NULL || ar_field_equal(shard, record, image))
        return AR_OK;
    return ar_fail(&store->failure, AR_MISUSE, model, shard,
                   "%s.%s of a record of the session was changed: it is the shard key, which never changes; copy the "
                   "struct to insert a row with another one",
                   model->name, shard->field);
}

enum ar_status ar_write_fill_shard(struct store *store, const struct ar_model *model, void *record)
{
    const struct shard_limit *limit = &store->options.shard;

    if (!limit->is_scoped || model->shard_key == NULL || !ar_field_is_unset(model->shard_key, record))
        return AR_OK;
    if (!ar_shard_fits(limit, model->shard_key))
        return ar_shard_refuse_type(limit, model->shard_key, &store->failure);
    return ar_field_read(&store->field_reader, model->shard_key, &limit->value, record);
}

enum ar_status ar_write_take_shard(struct store *store, const struct ar_model *model, void *record)
{
    const struct shard_limit *limit = &store->options.shard;
    struct ar_value value;
    enum ar_status status = ar_write_fill_shard(store, model, record);

    if (status != AR_OK || !limit->is_scoped || model->shard_key == NULL)
        return status;
    value = ar_field_value(model->shard_key, record);
    return ar_shard_has(limit, model->shard_key, &value)
               ? AR_OK
               : ar_shard_refuse_value(limit, model->shard_key, &value, &store->failure);
}

/* Copy a record without a shard key, and fill it in, unless the database generates it. */
static enum ar_status copy_record(struct write *write)
{
    const struct ar_column *shard_key = write->model->shard_key;

    memcpy(write->copy, write->record, write->model->size);
    return shard_key == NULL || (shard_key->flags & AR_COLUMN_GENERATED) != 0
               ? AR_OK
               : ar_write_fill_shard(write->store, write->model, write->copy);
}

enum ar_status ar_write_start(struct ar_session *s, const struct ar_model *model, void *record, struct write *out)
{
    enum ar_status status;
    enum key_state state;
    bool is_filled;

    *out = (struct write){
        .s = s,
        .store = &s->store,
        .link = &s->link,
        .model = model,
        .record = record,
        .identity = ar_identity(&s->store, model),
    };
    out->copy = ar_arena_allocate(&s->store.scratch, model->size);
    if (out->identity == NULL || out->copy == NULL)
        return ar_fail_no_memory(&s->store.failure);
    is_filled = out->identity->has_scope && ar_field_is_unset(model->shard_key, record);
    status = is_filled ? copy_record(out) : AR_OK;
    if (status != AR_OK)
        return status;
    state = ar_identity_key(&s->store, model, is_filled ? out->copy : record, &out->key);
    if (state == KEY_NO_MEMORY)
        return ar_fail_no_memory(&s->store.failure);
    out->has_key = state == KEY_SET;
    out->known = out->has_key ? ar_key_table_find(&out->identity->records, &out->key) : NULL;
    if (out->known != NULL && out->known->is_absent)
        out->known = NULL;
    if (ar_write_is_partial(out)) {
        out->assigned = ar_partial_assigned(model, out->known);
        ar_partial_open(model, out->known);
    }
    if (!is_filled) /* of a partial record, only now */
        memcpy(out->copy, record, model->size);
    return ar_write_check_shard_key(&s->store, model, record);
}

static enum ar_status fail_unset_key(const struct write *write, const struct ar_column *column)
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
    return write->has_key ? AR_OK : fail_unset_key(write, &write->model->columns[write->model->key[0]]);
}

enum ar_status ar_write_not_found(struct failure *failure, const struct ar_model *model, const struct ar_value *key)
{
    char text[256];

    ar_describe_values(key, model->key_count, text, sizeof text);
    return ar_fail(failure, AR_NOT_FOUND, model, NULL, "no row of table %s has the key %s%s", model->table, text,
                   model->deleted_at != NULL ? ", or it is deleted" : "");
}

enum ar_status ar_write_select(struct link *link, const struct ar_model *model, const struct ar_value *key,
                               enum ar_reason reason, enum ar_status (*on_row)(void *payload, const struct row *row),
                               void *payload)
{
    struct parameter parameters[AR_KEY_COLUMNS_MAX]; /* not ar_sql_find, which would allocate them */
    const struct statement statement = {
        .sql = ar_link_sql(link, &model->find),
        .is_constant = true,
        .is_single = true,
        .parameters = parameters,
        .parameter_count = model->key_count,
        .on_row = on_row,
        .payload = payload,
        .column_count = model->column_count,
        .reason = reason,
        .model = model,
    };

    for (size_t i = 0; i < model->key_count; i++)
        parameters[i] = (struct parameter){.value = key[i], .column = &model->columns[model->key[i]]};
    return ar_run(link, &statement, NULL);
}

/* A row that is taken into the identity map. */
struct loaded_row {
    const struct write *write;
    struct record *record; /* NULL if there was no row */
};

static enum ar_status take_loaded(void *payload, const struct row *row)
{
    struct loaded_row *loaded = payload;

    return ar_identity_take_row(loaded->write->store, loaded->write->identity, row, NULL, &loaded->record);
}

/* Select the row even if it is deleted by a time. */
static enum ar_status select_any(struct loaded_row *loaded, const struct ar_value *key)
{
    const struct ar_model *model = loaded->write->model;
    const struct statement statement = {
        .on_row = take_loaded,
        .payload = loaded,
        .is_single = true,
        .column_count = model->column_count,
        .reason = AR_REASON_SAVE,
        .model = model,
    };
    struct sql sql = ar_sql_start_with(loaded->write->link, &model->select);

    ar_sql_add(&sql, " WHERE ", NULL);
    ar_sql_add_key(&sql, ar_primary_key(model), key);
    return ar_sql_run(loaded->write->link, &sql, statement, NULL);
}

enum ar_status ar_write_load_known(struct write *write, bool *exists)
{
    struct loaded_row loaded = {.write = write};
    struct ar_value key[AR_KEY_COLUMNS_MAX];
    enum ar_status status;

    ar_key_values(ar_primary_key(write->model), write->copy, key);
    if (write->takes_deleted && write->model->deleted_at != NULL)
        status = select_any(&loaded, key);
    else
        status = ar_write_select(write->link, write->model, key, AR_REASON_SAVE, take_loaded, &loaded);
    *exists = status == AR_OK && loaded.record != NULL;
    if (*exists)
        write->known = loaded.record;
    return status;
}

/* ---- Timestamps -------------------------------------------------------------------------------------------------- */

/* A time always fits into its field. */
static void set_time(const struct write *write, const struct ar_column *column, struct timespec now)
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
        set_time(write, column, now);
    }
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

/* ---- Insert ------------------------------------------------------------------------------------------------------ */

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

/* Read the columns of the row for which `returns` is true into the copy. */
static enum ar_status read_columns(struct write *write, const struct row *row,
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

static enum ar_status read_inserted(void *payload, const struct row *row)
{
    return read_columns(payload, row, ar_write_returns);
}

static enum ar_status read_updated(void *payload, const struct row *row)
{
    return read_columns(payload, row, ar_write_refreshes);
}

static enum ar_status fail_conflict(const struct write *write)
{
    const struct ar_column *version = write->identity->layout.version;

    return ar_fail(&write->store->failure, AR_CONFLICT, write->model, version,
                   "the row has changed since this %s was loaded: its %s differs. Reload it and try again",
                   write->model->name, version->name);
}

static enum ar_status fail_not_found(const struct write *write)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(ar_primary_key(write->model), write->copy, values);
    return ar_write_not_found(&write->store->failure, write->model, values);
}

/* Report why no row was written: it no longer exists, or its version differs. */
static enum ar_status explain_no_row(struct write *write, const struct ar_column *version)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    enum ar_status status = AR_OK;
    bool exists = false;

    ar_key_values(ar_primary_key(write->model), write->copy, values);
    if (version != NULL)
        status = ar_write_select(write->link, write->model, values, AR_REASON_SAVE, ar_note_row, &exists);
    if (status != AR_OK)
        return status;
    return exists ? fail_conflict(write) : fail_not_found(write);
}

/* Fill in the shard key, and read the key that it is part of. */
static enum ar_status fill_shard(struct write *write)
{
    enum ar_status status = ar_write_fill_shard(write->store, write->model, write->copy);

    return status == AR_OK ? ar_write_read_key(write) : status;
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
    return is_key ? ar_write_read_key(write) : AR_OK;
}

enum ar_status ar_write_prepare_insert(struct write *write)
{
    const struct ar_column *missing;
    enum ar_status status = ar_transaction_check_writable(write->s, write->model);

    if (status == AR_OK && write->identity->has_scope)
        status = fill_shard(write);
    if (status == AR_OK && (write->identity->layout.column_flags & AR_COLUMN_NEW_UUID) != 0)
        status = make_uuids(write);
    if (status != AR_OK)
        return status;
    missing = ar_write_missing_key(write);
    if (missing != NULL)
        return fail_unset_key(write, missing);
    if ((write->identity->layout.column_flags & (AR_COLUMN_CREATED_AT | AR_COLUMN_UPDATED_AT)) != 0)
        ar_write_set_timestamps(write, true);
    return ar_write_check_rules(write, true, NULL);
}

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

static enum ar_status run_insert(struct write *write, bool returns)
{
    struct statement statement = {.on_row = returns ? read_inserted : NULL, .payload = write};
    struct outcome outcome;
    enum ar_status status = ar_write_sql_insert(write, &statement);

    if (status == AR_OK)
        status = ar_write_run(write, &statement, &outcome, ar_write_explain_refusal);
    if (status == AR_OK && write->or_update && wrote_nothing(write, &outcome))
        status = explain_no_row(write, write->identity->layout.version);
    if (status == AR_OK && write->reports_key && outcome.changes > 0)
        status =
            ar_field_set_integer(write->identity->layout.generated, outcome.key, &write->store->failure, write->copy);
    return status;
}

static enum ar_status run_insert_in_transaction(struct write *write, bool returns)
{
    enum ar_status status = ar_begin(write->s);

    return status == AR_OK ? ar_transaction_end(write->s, run_insert(write, returns)) : status;
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
        return run_insert(write, returns);
    status = run_insert_in_transaction(write, returns);
    return ar_run_may_repeat(write->link, status) ? run_insert_in_transaction(write, returns) : status;
}

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

/* ---- Update ------------------------------------------------------------------------------------------------------ */

/* Return AR_MISUSE if nothing can be written, and AR_INVALID if the record has no key. */
enum ar_status ar_write_check_existing(const struct write *write)
{
    enum ar_status status = ar_transaction_check_writable(write->s, write->model);

    return status == AR_OK ? ar_write_check_key(write) : status;
}

void ar_write_count_version(const struct write *write)
{
    const struct ar_column *version = write->identity->layout.version;

    if (version != NULL)
        (void)ar_field_set_integer(version, ar_field_next_version(version, write->copy), &write->store->failure,
                                   write->copy);
}

static bool sets_any(const struct write *write, const void *image)
{
    for (size_t i = 0; i < write->model->column_count; i++)
        if (ar_write_sets(write, &write->model->columns[i], image))
            return true;
    return false;
}

/* Find out if any column differs. If so, set the timestamps of the copy and check the columns that are written. */
static enum ar_status prepare_update(struct write *write, const void *image, bool *is_needed)
{
    *is_needed = sets_any(write, image);
    if (!*is_needed)
        return AR_OK;
    if ((write->identity->layout.column_flags & AR_COLUMN_UPDATED_AT) != 0) {
        ar_write_set_timestamps(write, false);
        *is_needed = sets_any(write, image); /* the timestamp may equal the old one */
    }
    return *is_needed ? ar_write_check_rules(write, false, image) : AR_OK;
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

static enum ar_status run_plain_update(struct write *write, struct statement *statement)
{
    struct outcome outcome;
    enum ar_status status = ar_write_run(write, statement, &outcome, ar_write_explain_refusal);

    return status == AR_OK && outcome.changes == 0 ? explain_no_row(write, write->identity->layout.version) : status;
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

static enum ar_status update(struct write *write)
{
    const struct ar_model *model = write->model;
    const void *image = ar_write_image(write);
    const void *row = image != NULL ? ar_write_row_before(write) : NULL;
    void *before = row != NULL ? ar_arena_allocate(&write->store->scratch, model->size) : NULL;
    struct statement statement = {0};
    bool is_needed;
    enum ar_status status = ar_write_check_existing(write);

    if (status == AR_OK && row != NULL && before == NULL)
        status = ar_fail_no_memory(&write->store->failure);
    if (status == AR_OK && (write->identity->layout.column_flags & (AR_COLUMN_COUNTER | AR_COLUMN_COMPUTED)) != 0)
        restore_unwritten(write);
    if (status == AR_OK)
        status = prepare_update(write, image, &is_needed);
    if (status == AR_OK && !is_needed)
        ar_write_unchanged(write);
    if (status != AR_OK || !is_needed)
        return status;
    status = ar_write_sql_update(write, image, &statement);
    if (status == AR_OK && write->known != NULL)
        status = ar_undo_keep(write->store, model, write->known);
    if (status != AR_OK)
        return status;
    ar_write_count_version(write);
    if (before != NULL)
        memcpy(before, row, model->size);
    if (write->identity->layout.has_parents && ar_counted_has_update(write, image))
        status = ar_counted_update(write, image, &statement, run_update_statement);
    else
        status = run_update_statement(write, &statement);
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

    if (!ar_hooked_write_concerns(write->model, &hooked))
        return update(write);
    status = ar_write_check_existing(write);
    if (status != AR_OK || sets_any(write, ar_write_image(write)))
        return status == AR_OK ? ar_hooked_write(write, &hooked) : status;
    ar_write_unchanged(write);
    return AR_OK;
}

/* ---- Delete ------------------------------------------------------------------------------------------------------ */

bool ar_write_is_own(const struct write *write)
{
    return write->known != NULL && ar_record_data(write->known) == write->record;
}

/* Set the times that a delete of this model only sets. */
static void mark(const struct write *write)
{
    const struct timespec now = ar_wall_clock();

    ar_write_set_timestamps(write, false);
    set_time(write, write->model->deleted_at, now);
}

/* Of a caller-owned struct only the key is used: let hooks and dependents see the row. */
static enum ar_status copy_row(struct write *write)
{
    enum ar_status status = AR_OK;
    bool exists = true;

    if (ar_write_is_own(write))
        return AR_OK;
    if (!ar_write_is_current(write))
        status = ar_write_load_known(write, &exists);
    if (status == AR_OK && !exists)
        status = fail_not_found(write);
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
    return status == AR_OK && outcome.changes == 0 ? explain_no_row(write, version) : status;
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
        status = ar_dependents_delete(write->s, write->model, write->copy, &parents);
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
    if (status == AR_OK && layout->needs_row)
        status = copy_row(write);
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
