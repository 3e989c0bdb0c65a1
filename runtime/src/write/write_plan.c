/* Which columns a write sets, omits and returns. */
#include "write/write_plan.h"

#include "model/field.h"

const void *ar_write_row_before(const struct write *write)
{
    const struct record *known = write->known;

    return known != NULL && !known->is_stale && !known->is_partial ? ar_record_image(write->model, known) : NULL;
}

bool ar_write_omits_unusual(const struct write *write, const struct ar_column *column)
{
    if ((column->flags & AR_COLUMN_COMPUTED) != 0)
        return true;
    if ((column->flags & AR_COLUMN_GENERATED) != 0)
        return !write->has_key && ar_field_is_unset(column, write->copy);
    return ar_field_takes_default(column, write->copy);
}

const struct ar_column *ar_write_missing_key(const struct write *write)
{
    const struct ar_model *model = write->model;

    for (size_t i = 0; i < model->key_count && !write->has_key; i++) {
        const struct ar_column *column = &model->columns[model->key[i]];
        if (ar_write_omits(write, column))
            continue;
        if (model->key_count == 1 || ar_field_value(column, write->copy).kind == AR_VALUE_NULL)
            return column;
    }
    return NULL;
}

bool ar_write_returns(const struct write *write, const struct ar_column *column)
{
    return ar_write_omits(write, column) ||
           (write->or_update && (column->flags & (AR_COLUMN_CREATED_AT | AR_COLUMN_VERSION | AR_COLUMN_COUNTER)) != 0);
}

bool ar_write_refreshes(const struct write *write, const struct ar_column *column)
{
    (void)write;
    return (column->flags & AR_COLUMN_COMPUTED) != 0;
}

enum ar_status ar_write_find_updated(struct write *write, const void *image, bool *any)
{
    const struct ar_model *model = write->model;
    const uint32_t never = AR_COLUMN_KEY | AR_COLUMN_VERSION | AR_COLUMN_COUNTER | AR_COLUMN_COMPUTED |
                           (image == NULL ? AR_COLUMN_CREATED_AT : 0);
    const uint64_t *loaded = ar_write_is_partial(write) ? ar_partial_columns(model, write->known) : NULL;

    if (write->updated == NULL)
        write->updated = ar_columns_allocate(model, &write->store->scratch);
    if (write->updated == NULL)
        return ar_fail_no_memory(&write->store->failure);
    *any = false;
    ar_columns_clear(model, write->updated);
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if ((column->flags & never) != 0 || (image != NULL && ar_field_equal(column, write->copy, image)))
            continue;
        if (loaded != NULL && !ar_columns_have(loaded, i))
            continue;
        ar_columns_add(write->updated, i);
        *any = true;
    }
    return AR_OK;
}
