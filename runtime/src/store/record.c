/* Records in memory: their images and strings. */
#include "store/record.h"

#include "model/field.h"

void *ar_record_image(const struct ar_model *model, const struct record *record)
{
    return record->has_image ? (char *)ar_record_data(record) + model->size : NULL;
}

bool ar_record_is_deleted(const struct ar_model *model, const struct record *record)
{
    const void *image = ar_record_image(model, record);

    return ar_row_is_deleted(model, image != NULL ? image : ar_record_data(record));
}

enum ar_status ar_record_own_writable_texts(const struct ar_model *model, struct arena *text, struct failure *failure,
                                            void *data)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < model->column_count && status == AR_OK; i++)
        if ((model->columns[i].flags & AR_COLUMN_WRITABLE_TEXT) != 0)
            status = ar_field_own(&model->columns[i], text, failure, data);
    return status;
}
