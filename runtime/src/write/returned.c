/* Refreshing the session's records by what a statement returns. */
#include "write/returned.h"

#include "store/cache.h"
#include "store/identity.h"

enum ar_status ar_returned_start(struct returned_columns *returned)
{
    returned->copy = ar_arena_allocate_zero(returned->memory, returned->model->size);
    return returned->copy != NULL ? AR_OK : ar_fail_no_memory(&returned->store->failure);
}

static bool includes(const struct returned_columns *returned, const struct ar_column *column)
{
    return (column->flags & (returned->flags | AR_COLUMN_KEY)) != 0;
}

void ar_returned_add(struct sql *sql, const struct returned_columns *returned)
{
    const char *intro = " RETURNING ";

    for (size_t i = 0; i < returned->model->column_count; i++) {
        if (!includes(returned, &returned->model->columns[i]))
            continue;
        ar_sql_add(sql, intro, NULL);
        ar_sql_add_result(sql, NULL, &returned->model->columns[i]);
        intro = ", ";
    }
}

static enum ar_status read_columns(const struct returned_columns *returned, const struct row *row)
{
    const struct field_reader reader = {.text = returned->memory, .failure = &returned->store->failure};
    enum ar_status status = AR_OK;
    size_t next = 0;

    for (size_t i = 0; i < returned->model->column_count && status == AR_OK; i++) {
        const struct ar_column *column = &returned->model->columns[i];
        if (includes(returned, column))
            status = row->methods->read_field(row, next++, column, &reader, returned->copy);
    }
    return status;
}

/* Find the session's record of the row; NULL if there is none. */
static enum ar_status find_record(const struct returned_columns *returned, const struct identity *identity,
                                  struct record **out)
{
    struct key key;

    *out = NULL;
    if (identity == NULL)
        return AR_OK;
    if (ar_key_of_record(ar_primary_key(returned->model), returned->copy, returned->memory, &key) == KEY_NO_MEMORY)
        return ar_fail_no_memory(&returned->store->failure);
    *out = ar_identity_find_present(identity, &key);
    return AR_OK;
}

static void set_column(const struct returned_columns *returned, struct record *record, const struct ar_column *column)
{
    void *data = ar_record_data(record), *image = ar_record_image(returned->model, record);

    if (ar_field_identical(column, data, image))
        ar_field_copy(column, returned->copy, data);
    ar_field_copy(column, returned->copy, image);
}

enum ar_status ar_returned_take(void *payload, const struct row *row)
{
    const struct returned_columns *returned = payload;
    const struct ar_model *model = returned->model;
    const struct identity *identity = ar_pointer_map_get(&returned->store->identities.by_model, model);
    struct record *record = NULL;
    enum ar_status status = read_columns(returned, row);

    if (status == AR_OK)
        status = find_record(returned, identity, &record);
    if (status == AR_OK && record != NULL)
        status = ar_undo_keep(returned->store, model, record);
    for (size_t i = 0; i < model->column_count && status == AR_OK && record != NULL; i++)
        if ((model->columns[i].flags & AR_COLUMN_KEY) == 0 && includes(returned, &model->columns[i]))
            set_column(returned, record, &model->columns[i]);
    /* Computed columns may depend on these: read them again. */
    if (status == AR_OK && record != NULL && (identity->layout.column_flags & AR_COLUMN_COMPUTED) != 0)
        record->generation = identity->generation - 1;
    if (status == AR_OK)
        ar_caches_siblings_changed(returned->store, model);
    return status;
}
