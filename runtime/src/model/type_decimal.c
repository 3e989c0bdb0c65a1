/* Decimals and intervals: integers in a unit that their type decides. */
#include "model/type_decimal.h"

#include "model/decimal.h"
#include "model/decimal_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 80 }; /* of a number in a message */

static enum ar_status refuse(const struct field_reader *reader, const struct ar_column *column, const char *what)
{
    return ar_fail(reader->failure, AR_INVALID, column->model, column, "column %s of table %s has %s", column->name,
                   column->model->table, what);
}

/* ---- Decimals ---------------------------------------------------------------------------------------------------- */

struct ar_value ar_decimal_value(const struct ar_column *column, const void *field)
{
    int16_t small;
    int32_t medium;
    int64_t large;

    switch (column->size) {
    case sizeof small:
        memcpy(&small, field, sizeof small);
        return ar_value_integer(small);
    case sizeof medium:
        memcpy(&medium, field, sizeof medium);
        return ar_value_integer(medium);
    default:
        memcpy(&large, field, sizeof large);
        return ar_value_integer(large);
    }
}

static void store(const struct ar_column *column, int64_t integer, void *field)
{
    switch (column->size) {
    case sizeof(int16_t):
        memcpy(field, &(int16_t){(int16_t)integer}, sizeof(int16_t));
        break;
    case sizeof(int32_t):
        memcpy(field, &(int32_t){(int32_t)integer}, sizeof(int32_t));
        break;
    default:
        memcpy(field, &integer, sizeof integer);
    }
}

static enum ar_status refuse_number(const struct field_reader *reader, const struct ar_column *column,
                                    const char *number, enum decimal_fit fit)
{
    const char *name = column->name, *table = column->model->table;
    unsigned precision = column->precision, scale = column->scale;

    if (fit == DECIMAL_NOT_FINITE)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has %s, which is not a number that AR_DECIMAL holds", name, table,
                       number);
    if (fit == DECIMAL_INEXACT)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has %s, but AR_DECIMAL(%u, %u) takes %u digits after the point", name,
                       table, number, precision, scale, scale);
    return ar_fail(reader->failure, AR_INVALID, column->model, column,
                   "column %s of table %s has %s, but AR_DECIMAL(%u, %u) takes at most %u digits before the point",
                   name, table, number, precision, scale, precision - scale);
}

/* Read a number in the form in which the database has it: SQLite stores the field's integer. */
enum ar_status ar_decimal_read(const struct field_reader *reader, const struct ar_column *column,
                               const struct ar_value *value, void *field)
{
    int64_t integer = value->integer, largest = ar_decimal_largest(column);
    enum decimal_fit fit = DECIMAL_FITS;
    struct decimal decimal;
    char text[TEXT_SIZE];

    if (value->kind == AR_VALUE_DECIMAL && ar_decimal_parse(&value->bytes, &decimal))
        fit = ar_decimal_to_integer(&decimal, column->scale, &integer);
    else if (value->kind == AR_VALUE_REAL)
        return refuse(reader, column,
                      "a floating-point number, but AR_DECIMAL stores an integer in units of the last digit");
    else if (value->kind != AR_VALUE_INTEGER)
        return refuse(reader, column,
                      "a value that is not a decimal number: AR_DECIMAL is for columns of type numeric");
    if (fit == DECIMAL_FITS && (integer > largest || integer < -largest))
        fit = DECIMAL_TOO_LARGE;
    if (fit == DECIMAL_FITS) {
        store(column, integer, field);
        return AR_OK;
    }
    if (value->kind == AR_VALUE_DECIMAL)
        ar_decimal_print(&decimal, column->scale, text, sizeof text);
    else
        ar_decimal_print_integer(integer, column->scale, text);
    return refuse_number(reader, column, text, fit);
}

/* ---- Intervals --------------------------------------------------------------------------------------------------- */

enum ar_status ar_interval_read(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *field)
{
    if (value->kind != AR_VALUE_INTEGER)
        return refuse(reader, column, "a value that is not an interval");
    memcpy(field, &value->integer, sizeof value->integer);
    return AR_OK;
}

/* ---- Numbers of other fields ------------------------------------------------------------------------------------- */

static enum ar_status refuse_loss(const struct field_reader *reader, const struct ar_column *column,
                                  const struct decimal *decimal, const char *type)
{
    char text[TEXT_SIZE];

    ar_decimal_print(decimal, 0, text, sizeof text);
    return ar_fail(reader->failure, AR_INVALID, column->model, column,
                   "column %s of table %s has %s, which %s cannot hold exactly: declare the field AR_DECIMAL",
                   column->name, column->model->table, text, type);
}

static enum ar_status to_real(const struct field_reader *reader, const struct ar_column *column,
                              const struct decimal *decimal, struct ar_value *out)
{
    bool is_single = column->type == AR_TYPE_FLOAT;

    out->kind = AR_VALUE_REAL;
    switch (ar_decimal_to_real(decimal, is_single, &out->real)) {
    case DECIMAL_FITS:
        return AR_OK;
    case DECIMAL_INEXACT:
        if (ar_column_is_rounded(column))
            return AR_OK;
        return refuse_loss(reader, column, decimal, is_single ? "a float" : "a double");
    case DECIMAL_TOO_LARGE:
    case DECIMAL_NOT_FINITE:
        break;
    }
    out->kind = AR_VALUE_OUT_OF_RANGE;
    return AR_OK;
}

/* Convert to the string of a column of decimals, which user SQL may return as a number. */
static enum ar_status to_text(const struct field_reader *reader, const struct ar_column *column,
                              const struct decimal *decimal, struct ar_value *out)
{
    size_t size = TEXT_SIZE;
    char *text;

    if (decimal->kind == DECIMAL_NUMBER && !decimal->is_zero)
        size += (size_t)abs(decimal->highest) + (size_t)abs(decimal->lowest);
    size += column->scale;
    text = ar_arena_allocate_text(reader->text, size);
    if (text == NULL)
        return ar_fail_no_memory(reader->failure);
    ar_decimal_print(decimal, column->scale, text, size);
    *out = ar_value_text(text);
    return AR_OK;
}

enum ar_status ar_decimal_to_field(const struct field_reader *reader, const struct ar_column *column,
                                   const struct ar_value *value, struct ar_value *out)
{
    struct decimal decimal;

    *out = (struct ar_value){.kind = AR_VALUE_OTHER};
    if (!ar_decimal_parse(&value->bytes, &decimal))
        return AR_OK;
    if (column->type == AR_TYPE_FLOAT || column->type == AR_TYPE_DOUBLE)
        return to_real(reader, column, &decimal, out);
    if (ar_column_has_decimal_text(column))
        return to_text(reader, column, &decimal, out);
    if (ar_type_is_text(column->type))
        return AR_OK;
    switch (ar_decimal_to_integer(&decimal, 0, &out->integer)) {
    case DECIMAL_FITS:
        out->kind = AR_VALUE_INTEGER;
        return AR_OK;
    case DECIMAL_INEXACT:
        if (ar_type_is_integer(column->type))
            return refuse_loss(reader, column, &decimal, "an integer");
        break;
    case DECIMAL_TOO_LARGE:
        out->kind = AR_VALUE_OUT_OF_RANGE;
        break;
    case DECIMAL_NOT_FINITE:
        break;
    }
    return AR_OK;
}
