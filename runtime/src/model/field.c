/* Fields of structs: conversion to and from values, comparison, copying. The table of types has what differs by type.
 */
#include "model/field.h"

#include "base/calendar.h"
#include "base/timestamp.h"
#include "model/decimal_text.h"
#include "model/type_decimal.h"
#include "model/type_info.h"

#include <string.h>

static const void *address(const struct ar_column *column, const void *record)
{
    return (const char *)record + column->offset;
}

/* Return the bool of AR_NULLABLE_BY: false is NULL. */
static bool has_value(const struct ar_column *column, const void *record)
{
    return ((const unsigned char *)record)[column->null_offset] != 0;
}

/* Return true if the fields have the same bytes, except for those without a meaning. */
static bool is_same(const struct ar_column *column, const void *left, const void *right)
{
    const struct type_info *info = ar_type_info_of(column);

    return info->same != NULL ? info->same(column, left, right) : memcmp(left, right, column->size) == 0;
}

static bool is_zero(const struct ar_column *column, const unsigned char *field)
{
    const uint64_t zero = 0;
    size_t size = ar_type_info_of(column)->is_terminated ? 1 : column->size;

    if (size == sizeof zero)
        return is_same(column, field, &zero);
    for (size_t i = 0; i < size; i++)
        if (field[i] != 0)
            return false;
    return true;
}

struct ar_value ar_field_value(const struct ar_column *column, const void *record)
{
    const void *field = address(column, record);

    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0) {
        if (!has_value(column, record))
            return ar_value_null();
    } else if ((column->flags & AR_COLUMN_NULLABLE) != 0 && is_zero(column, field)) {
        return ar_value_null();
    }
    return ar_type_info_of(column)->value(column, field);
}

bool ar_field_is_unset(const struct ar_column *column, const void *record)
{
    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        return !has_value(column, record);
    return is_zero(column, address(column, record));
}

bool ar_field_takes_default(const struct ar_column *column, const void *record)
{
    if ((column->flags & AR_COLUMN_DEFAULT) == 0)
        return false;
    if ((column->flags & AR_COLUMN_ZERO_DEFAULT) != 0)
        return ar_field_is_unset(column, record);
    return ar_field_value(column, record).kind == AR_VALUE_NULL;
}

struct ar_value ar_field_of_time(const struct ar_column *column, struct timespec time)
{
    if (ar_type_info_of(column)->ticks_per_second == 1)
        return ar_value_time(time.tv_sec);
    if ((column->flags & AR_COLUMN_TIME_ISO) != 0)
        time.tv_nsec -= time.tv_nsec % ar_timestamp_unit(column->scale);
    return ar_value_timespec(time);
}

int64_t ar_field_largest(const struct ar_column *column)
{
    return ar_type_info_of(column)->maximum;
}

int64_t ar_field_next_version(const struct ar_column *version, const void *record)
{
    int64_t current = ar_field_value(version, record).integer;

    return current < ar_field_largest(version) ? current + 1 : 0;
}

static enum ar_status fail_range(struct failure *failure, const struct ar_column *column)
{
    const char *takes = ar_type_info_of(column)->takes;

    if (takes == NULL)
        return ar_fail(failure, AR_INVALID, column->model, column,
                       "column %s of table %s has a number or time out of the range of its C type", column->name,
                       column->model->table);
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "column %s of table %s has a value that the field cannot hold: it takes %s", column->name,
                   column->model->table, takes);
}

enum ar_status ar_field_read(const struct field_reader *reader, const struct ar_column *column,
                             const struct ar_value *value, void *record)
{
    void *field = (char *)record + column->offset;
    struct ar_value number;

    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        ((unsigned char *)record)[column->null_offset] = value->kind != AR_VALUE_NULL;
    if (value->kind == AR_VALUE_NULL && ar_field_has_null(column)) {
        memset(field, 0, column->size);
        return AR_OK;
    }
    if (value->kind == AR_VALUE_NULL)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s is NULL, but the field is not nullable: declare it AR_NULLABLE or "
                       "AR_NULLABLE_BY",
                       column->name, column->model->table);
    if (value->kind == AR_VALUE_DECIMAL && column->type != AR_TYPE_DECIMAL) {
        enum ar_status status = ar_decimal_to_field(reader, column, value, &number);
        if (status != AR_OK)
            return status;
        value = &number;
    }
    if (value->kind == AR_VALUE_OUT_OF_RANGE)
        return fail_range(reader->failure, column);
    return ar_type_info_of(column)->read(reader, column, value, field);
}

/* ---- Fields compared and copied ---------------------------------------------------------------------------------- */

/* Return true if the bool of AR_NULLABLE_BY makes the field NULL, so that its contents have no meaning. */
static bool is_null_by_flag(const struct ar_column *column, const void *record)
{
    return (column->flags & AR_COLUMN_NULL_FLAG) != 0 && !has_value(column, record);
}

bool ar_field_identical(const struct ar_column *column, const void *a, const void *b)
{
    bool is_null = is_null_by_flag(column, a);

    if (is_null || is_null_by_flag(column, b))
        return is_null == is_null_by_flag(column, b);
    return is_same(column, address(column, a), address(column, b));
}

bool ar_field_equal_closely(const struct ar_column *column, const void *a, const void *b)
{
    const void *left = address(column, a), *right = address(column, b);
    const struct type_info *info = ar_type_info_of(column);

    return ar_field_identical(column, a, b) ||
           (info->equal != NULL && info->equal(column, left, right)); /* no pointer is NULL by a bool */
}

static int compare_bytes(const struct ar_bytes *a, const struct ar_bytes *b)
{
    int order = memcmp(a->data, b->data, a->size < b->size ? a->size : b->size);

    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

bool ar_value_exists(const struct ar_value *value)
{
    if (value->kind == AR_VALUE_DATE)
        return ar_date_is_valid(value->date);
    return value->kind != AR_VALUE_TIME_OF_DAY || ar_time_of_day_is_valid(value->time_of_day);
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int ar_value_compare(const struct ar_value *left, const struct ar_value *right)
{
    if (left->kind != right->kind)
        return (left->kind > right->kind) - (left->kind < right->kind);
    switch (left->kind) {
    case AR_VALUE_INTEGER:
        return compare_numbers(left->integer, right->integer);
    case AR_VALUE_REAL:
        return (left->real > right->real) - (left->real < right->real);
    case AR_VALUE_TEXT:
    case AR_VALUE_BLOB:
        return compare_bytes(&left->bytes, &right->bytes);
    case AR_VALUE_TIME:
        if (left->time.seconds != right->time.seconds)
            return left->time.seconds > right->time.seconds ? 1 : -1;
        return compare_numbers(left->time.nanoseconds, right->time.nanoseconds);
    case AR_VALUE_DATE:
        return compare_numbers(ar_date_to_days(left->date), ar_date_to_days(right->date));
    case AR_VALUE_TIME_OF_DAY:
        return compare_numbers(ar_time_of_day_to_microseconds(left->time_of_day),
                               ar_time_of_day_to_microseconds(right->time_of_day));
    case AR_VALUE_NULL:
    case AR_VALUE_ARRAY:   /* rows are not sorted by arrays */
    case AR_VALUE_DECIMAL: /* no field has one */
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return 0;
}

int ar_field_compare(const struct ar_column *column, const void *a, const void *b)
{
    struct ar_value left = ar_field_value(column, a), right = ar_field_value(column, b);

    if (left.kind == AR_VALUE_TEXT && right.kind == AR_VALUE_TEXT && ar_column_has_decimal_text(column))
        return ar_decimal_text_compare(&left.bytes, &right.bytes);
    return ar_value_compare(&left, &right);
}

void ar_field_copy(const struct ar_column *column, const void *from, void *to)
{
    memcpy((char *)to + column->offset, address(column, from), column->size);
    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        memcpy((char *)to + column->null_offset, (const char *)from + column->null_offset, 1);
}

enum ar_status ar_field_own_other(const struct ar_column *column, struct arena *text, struct failure *failure,
                                  void *record)
{
    const struct type_info *info = ar_type_info_of(column);

    return info->own != NULL ? info->own(column, text, failure, (char *)record + column->offset) : AR_OK;
}
