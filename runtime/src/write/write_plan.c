/* Which columns a write sets, omits and returns. */
#include "write/write_plan.h"

#include "model/field.h"

bool ar_write_marks(const struct write *write)
{
    return write->model->deleted_at != NULL && !write->takes_deleted;
}

bool ar_write_omits(const struct write *write, const struct ar_column *column)
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

bool ar_write_sets(const struct write *write, const struct ar_column *column, const void *image)
{
    if ((column->flags & (AR_COLUMN_KEY | AR_COLUMN_VERSION | AR_COLUMN_COUNTER | AR_COLUMN_COMPUTED)) != 0)
        return false;
    if (ar_write_is_partial(write) &&
        !ar_columns_have(ar_partial_columns(write->model, write->known), (size_t)(column - write->model->columns)))
        return false;
    if (image != NULL)
        return !ar_field_equal(column, write->copy, image);
    return (column->flags & AR_COLUMN_CREATED_AT) == 0;
}
