/* Decimals of any size as strings, in one form: an optional minus, at least one digit and no leading zeros before the
 * point, then exactly `scale` digits after it; zero has no sign. Equal numbers of one scale have equal strings. */
#ifndef AR_DECIMAL_TEXT_H
#define AR_DECIMAL_TEXT_H

#include <armature/model.h>
#include <armature/value.h>

#include <stdbool.h>

/* Return true if the column holds decimals as strings. */
static inline bool ar_column_has_decimal_text(const struct ar_column *column)
{
    return (column->flags & AR_COLUMN_DECIMAL) != 0 && ar_type_is_text(column->type);
}

/* Return true if the string has the form and the scale of the column. */
bool ar_decimal_text_has_form(const struct ar_column *column, const struct ar_bytes *text);

/* Return true if a string of this form has at most as many digits as the column's precision. */
bool ar_decimal_text_fits(const struct ar_column *column, const struct ar_bytes *text);

/* Compare two numbers. The order of strings that do not have the form is that of their bytes, after all numbers. */
int ar_decimal_text_compare(const struct ar_bytes *a, const struct ar_bytes *b);

#endif
