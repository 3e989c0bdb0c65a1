/* Fields of structs: conversion to and from values, comparison, copying. Every conversion checks its range. */
#ifndef AR_FIELD_H
#define AR_FIELD_H

#include "model/type_info.h"

#include <armature/model.h>
#include <armature/value.h>

#include <string.h>

/* Return the field as a value, which refers to the field's string or blob. If no column can store the contents (an
 * unsigned number above INT64_MAX, an enum without a name, a char[N] without terminator, nanoseconds outside a second),
 * the value is AR_VALUE_OUT_OF_RANGE. */
struct ar_value ar_field_value(const struct ar_column *column, const void *record);

/* Do the same in place, with a fast path for the most common fields, because every write reads many. */
static inline void ar_field_get(const struct ar_column *column, const void *record, struct ar_value *out)
{
    const char *field = (const char *)record + column->offset;

    if ((column->flags & (AR_COLUMN_NULLABLE | AR_COLUMN_NULL_FLAG)) == 0 && column->type == AR_TYPE_INT64) {
        out->kind = AR_VALUE_INTEGER;
        memcpy(&out->integer, field, sizeof out->integer);
    } else if ((column->flags & AR_COLUMN_NULL_FLAG) == 0 && column->type == AR_TYPE_TEXT) {
        const char *text;
        memcpy(&text, field, sizeof text);
        out->kind = text != NULL ? AR_VALUE_TEXT : AR_VALUE_NULL;
        out->bytes = (struct ar_bytes){text, text != NULL ? strlen(text) : 0};
    } else {
        *out = ar_field_value(column, record);
    }
}

/* Store a value in the field. If it does not fit, return AR_INVALID, with a message that names table and column. */
enum ar_status ar_field_read(const struct field_reader *reader, const struct ar_column *column,
                             const struct ar_value *value, void *record);

/* Return true if the field is NULL, or all zero: a number 0, an empty char[N], a UUID of zeros. */
bool ar_field_is_unset(const struct ar_column *column, const void *record);

/* Return true if an insert of the record leaves the column to its default. */
bool ar_field_takes_default(const struct ar_column *column, const void *record);
/* Return the value with which a field of a time represents this one. */
struct ar_value ar_field_of_time(const struct ar_column *column, struct timespec time);

/* Return the largest integer that the field can hold. */
int64_t ar_field_largest(const struct ar_column *column);

/* Return the version after the record's: incremented, or 0 after the maximum. */
int64_t ar_field_next_version(const struct ar_column *version, const void *record);

/* Set a field of an integer type. Return AR_INVALID if the integer does not fit. */
static inline enum ar_status ar_field_set_integer(const struct ar_column *column, int64_t integer,
                                                  struct failure *failure, void *record)
{
    const struct field_reader reader = {.failure = failure};
    struct ar_value value;

    if (column->type == AR_TYPE_INT64 && (column->flags & AR_COLUMN_NULL_FLAG) == 0) {
        memcpy((char *)record + column->offset, &integer, sizeof integer);
        return AR_OK;
    }
    value = ar_value_integer(integer);
    return ar_field_read(&reader, column, &value, record);
}

/* The slow path of ar_field_equal. */
bool ar_field_equal_closely(const struct ar_column *column, const void *a, const void *b);

/* Return true if two records have the same value in this column. */
static inline bool ar_field_equal(const struct ar_column *column, const void *a, const void *b)
{
    const char *left = (const char *)a + column->offset, *right = (const char *)b + column->offset;

    /* Usually a number, or a pointer to the same string. */
    if (column->size == 8 && (column->flags & AR_COLUMN_NULL_FLAG) == 0 && ar_type_info_of(column)->same == NULL &&
        memcmp(left, right, 8) == 0)
        return true;
    if (column->type == AR_TYPE_INT64 && (column->flags & AR_COLUMN_NULL_FLAG) == 0)
        return false;
    return ar_field_equal_closely(column, a, b);
}

/* Return true if the field is a pointer, and both records have the same. */
static inline bool ar_field_same_pointer(const struct ar_column *column, const void *a, const void *b)
{
    return column->type == AR_TYPE_TEXT &&
           memcmp((const char *)a + column->offset, (const char *)b + column->offset, sizeof(char *)) == 0;
}

/* Return true if the fields have the same contents. Pointers to equal strings differ. */
bool ar_field_identical(const struct ar_column *column, const void *a, const void *b);

/* Return false for a date or time of day that does not exist. */
bool ar_value_exists(const struct ar_value *value);

/* Return a number less than, equal to or greater than 0 if `left` is sorted before, with or after `right`. */
int ar_value_compare(const struct ar_value *left, const struct ar_value *right);

/* Return a number less than, equal to or greater than 0 if `a` is sorted before, with or after `b` in this column:
 * numbers by value, strings and UUIDs by their bytes, NULL first. */
int ar_field_compare(const struct ar_column *column, const void *a, const void *b);

/* Copy one field, including the bool of AR_NULLABLE_BY. */
void ar_field_copy(const struct ar_column *column, const void *from, void *to);

/* Return true if the column can be NULL; a key column never is. */
static inline bool ar_column_can_be_null(const struct ar_column *column)
{
    bool is_pointer = column->type == AR_TYPE_TEXT || column->type == AR_TYPE_BLOB || ar_type_is_array(column->type);

    if ((column->flags & AR_COLUMN_KEY) != 0)
        return false;
    return (column->flags & AR_COLUMN_NULLABLE) != 0 || (is_pointer && (column->flags & AR_COLUMN_NOT_NULL) == 0);
}

/* Return the table's name in SQL, with its schema if it has one. */
static inline const char *ar_model_qualified(const struct ar_model *model)
{
    return model->qualified != NULL ? model->qualified : model->sql;
}

/* Return true if the row is deleted by a time. */
static inline bool ar_row_is_deleted(const struct ar_model *model, const void *record)
{
    return model->deleted_at != NULL && ar_field_value(model->deleted_at, record).kind != AR_VALUE_NULL;
}

/* Set the field to NULL. */
static inline void ar_field_set_null(const struct ar_column *column, void *record)
{
    memset((char *)record + column->offset, 0, column->size);
    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        *((bool *)record + column->null_offset) = false;
}

/* The slow path of ar_field_own. */
enum ar_status ar_field_own_other(const struct ar_column *column, struct arena *text, struct failure *failure,
                                  void *record);

/* Make the field point to a copy of its string or blob in the arena; zero the bytes after the terminator of a char[N].
 */
static inline enum ar_status ar_field_own(const struct ar_column *column, struct arena *text, struct failure *failure,
                                          void *record)
{
    if (column->type != AR_TYPE_TEXT)
        return ar_field_own_other(column, text, failure, record);
    return ar_field_own_text(text, failure, (char *)record + column->offset);
}

#endif
