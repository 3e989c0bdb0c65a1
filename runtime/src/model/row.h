/* A row that is being read, whatever database it comes from. */
#ifndef AR_ROW_H
#define AR_ROW_H

#include "model/field.h"

#include <armature/model.h>
#include <armature/value.h>

struct row;

/* How the rows of one database are read. */
struct row_methods {
    /* Read a column; a string or blob belongs to the row. Return false if out of memory. */
    bool (*value)(const struct row *row, size_t column, struct ar_value *out);
    /* Read the first columns, which are the model's, into a struct of the model. AR_INVALID if one does not fit, or
     * AR_NO_MEMORY; the reader's failure is then set. */
    enum ar_status (*read)(const struct row *row, const struct ar_model *model, const struct field_reader *reader,
                           void *record);
    /* Do the same for the columns from `first` on: a row may contain several models. */
    enum ar_status (*read_at)(const struct row *row, size_t first, const struct ar_model *model,
                              const struct field_reader *reader, void *record);
    /* Read the column with this number into the field of a struct. */
    enum ar_status (*read_field)(const struct row *row, size_t number, const struct ar_column *column,
                                 const struct field_reader *reader, void *record);
};

/* Valid during the callback that receives it. A driver's own row begins with it. */
struct row {
    const struct row_methods *methods;
};

/* Read the first columns; strings and blobs belong to the row. Return false if out of memory. */
static inline bool ar_row_values(const struct row *row, size_t count, struct ar_value *out)
{
    for (size_t i = 0; i < count; i++)
        if (!row->methods->value(row, i, &out[i]))
            return false;
    return true;
}

#endif
