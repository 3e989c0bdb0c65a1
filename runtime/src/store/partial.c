/* Partial records: the columns that they have, and what protects the others. */
#include "store/partial.h"

#include "base/memory_check.h"
#include "model/field.h"

#include <string.h>

/* ---- The set of columns ------------------------------------------------------------------------------------------ */

size_t ar_partial_set_offset(const struct ar_model *model, bool has_image)
{
    size_t size = model->size * (has_image ? 2 : 1) + (-model->size & (AR_GAP_SIZE - 1));

    return (size + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
}

const uint64_t *ar_partial_columns(const struct ar_model *model, const struct record *record)
{
    const uint64_t *columns;

    memcpy(&columns, (const char *)ar_record_data(record) + ar_partial_set_offset(model, record->has_image),
           sizeof columns);
    return columns;
}

void ar_partial_set_columns(const struct ar_model *model, struct record *record, const uint64_t *columns)
{
    memcpy((char *)ar_record_data(record) + ar_partial_set_offset(model, record->has_image), &columns, sizeof columns);
}

/* ---- Protection -------------------------------------------------------------------------------------------------- */

static void fill(const struct ar_column *column, void *data, int byte)
{
    memset((char *)data + column->offset, byte, column->size);
    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        *((bool *)data + column->null_offset) = false;
}

void ar_partial_open(const struct ar_model *model, struct record *record)
{
    const uint64_t *columns = ar_partial_columns(model, record);
    char *data = ar_record_data(record);

    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if (ar_columns_have(columns, i))
            continue;
        AR_MEMORY_SHOW(data + column->offset, column->size);
        fill(column, data, 0);
    }
}

void ar_partial_close(const struct ar_model *model, struct record *record)
{
#ifndef NDEBUG
    const uint64_t *columns = ar_partial_columns(model, record);
    char *data = ar_record_data(record);

    ar_partial_open(model, record);
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if (ar_columns_have(columns, i))
            continue;
        fill(column, data, AR_NOT_LOADED);
        AR_MEMORY_HIDE(data + column->offset, column->size);
    }
#else
    (void)model;
    (void)record;
#endif
}

void ar_partial_close_all(const struct result *result)
{
    for (size_t i = 0; i < result->count; i++)
        if (ar_record_of(result->records[i])->is_partial)
            ar_partial_close(result->model, ar_record_of(result->records[i]));
}

void ar_partial_begin(const struct ar_model *model, struct record *record, const uint64_t *columns)
{
    void *data = ar_record_data(record);

    for (size_t i = 0; i < model->column_count; i++)
        if (!ar_columns_have(columns, i))
            fill(&model->columns[i], data, 0);
    record->is_partial = true;
    ar_partial_set_columns(model, record, columns);
}

/* ---- Changes ----------------------------------------------------------------------------------------------------- */

static bool loaded_changed(const struct ar_model *model, const struct record *record)
{
    const uint64_t *columns = ar_partial_columns(model, record);
    const void *data = ar_record_data(record), *image = ar_record_image(model, record);

    for (size_t i = 0; i < model->column_count && image != NULL; i++)
        if (ar_columns_have(columns, i) && !ar_field_equal(&model->columns[i], data, image))
            return true;
    return false;
}

bool ar_record_changed(const struct ar_model *model, const struct record *record)
{
    const void *data = ar_record_data(record);
    const void *image = ar_record_image(model, record);

    if (record->is_partial)
        return loaded_changed(model, record);
    if (image == NULL || memcmp(data, image, model->size) == 0)
        return false;
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        bool same = (column->flags & AR_COLUMN_WRITABLE_TEXT) != 0 ? ar_field_equal(column, data, image)
                                                                   : ar_field_identical(column, data, image);
        if (!same)
            return true;
    }
    return false;
}

const struct ar_column *ar_partial_assigned(const struct ar_model *model, struct record *record)
{
    const uint64_t *columns = ar_partial_columns(model, record);
    const char *data = ar_record_data(record);

    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        const char *field = data + column->offset;
        size_t same = 0;
        if (ar_columns_have(columns, i))
            continue;
        AR_MEMORY_SHOW(field, column->size);
        while (same < column->size && field[same] == field[0])
            same++;
        if (same < column->size || (field[0] != 0 && (unsigned char)field[0] != AR_NOT_LOADED))
            return column;
    }
    return NULL;
}
