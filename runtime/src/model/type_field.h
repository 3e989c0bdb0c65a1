/* Access to fields, and the refusal of values, for the conversions of types. */
#ifndef AR_TYPE_FIELD_H
#define AR_TYPE_FIELD_H

#include "model/field_text.h"

#include <armature/model.h>
#include <string.h>

/* Fields are accessed by memcpy, because the structs have the caller's types. */
#define LOAD(type, from) (*(type *)memcpy(&(type){0}, (from), sizeof(type)))
#define STORE(type, to, value) ((void)memcpy((to), &(type){(type)(value)}, sizeof(type)))

/* `what` continues the sentence. */
static inline enum ar_status ar_type_refuse(const struct field_reader *reader, const struct ar_column *column,
                                            const char *what)
{
    return ar_fail(reader->failure, AR_INVALID, column->model, column, "column %s of table %s %s", column->name,
                   column->model->table, what);
}

#endif
