/* Selects rows that are found or written. */
#include "write/select.h"

#include "link/run.h"
#include "model/describe.h"
#include "model/row.h"
#include "session/session.h"
#include "sql/run.h"
#include "store/identity_row.h"

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
    struct parameter parameters[AR_KEY_COLUMNS_MAX]; /* not ar_sql_set_key, which would allocate them */
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
    if (write->takes_deleted)
        status = select_any(&loaded, key);
    else
        status = ar_write_select(write->link, write->model, key, AR_REASON_SAVE, take_loaded, &loaded);
    *exists = status == AR_OK && loaded.record != NULL;
    if (*exists)
        write->known = loaded.record;
    return status;
}
