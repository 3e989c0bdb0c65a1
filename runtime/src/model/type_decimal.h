/* Conversions of decimals and intervals, for the table of types, and of decimals to fields of other types. */
#ifndef AR_TYPE_DECIMAL_H
#define AR_TYPE_DECIMAL_H

#include "model/field_text.h"

#include <armature/model.h>
#include <armature/value.h>
#include <stdbool.h>

/* The largest integer of AR_TYPE_DECIMAL, whatever its precision: 18 nines. */
#define AR_DECIMAL_MAX INT64_C(999999999999999999)

/* As in struct type_info. */
struct ar_value ar_decimal_value(const struct ar_column *column, const void *field);
enum ar_status ar_decimal_read(const struct field_reader *reader, const struct ar_column *column,
                               const struct ar_value *value, void *field);
enum ar_status ar_interval_read(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *field);

/* Return true if a `float` or `double` of this column takes the nearest number: user SQL computes averages, which have
 * more digits, and no row of an AR_ROW is ever written back. */
static inline bool ar_column_is_rounded(const struct ar_column *column)
{
    return column->model->key_count == 0 && !column->model->is_read_only;
}

/* Convert an AR_VALUE_DECIMAL for a field of any other type: to an integer, a floating-point number or a string. Return
 * AR_INVALID if the field would lose digits, unless its column is rounded. */
enum ar_status ar_decimal_to_field(const struct field_reader *reader, const struct ar_column *column,
                                   const struct ar_value *value, struct ar_value *out);

#endif
