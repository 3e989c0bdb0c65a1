/* The table of field types, and the conversions of numbers. */
#include "model/type_info.h"

#include "model/type_bytes.h"
#include "model/type_decimal.h"
#include "model/type_field.h"
#include "model/type_text.h"
#include "model/type_time.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>

/* ---- Integers ---------------------------------------------------------------------------------------------------- */

#define INTEGER_VALUE(name, type)                                                                                      \
    static struct ar_value name(const struct ar_column *column, const void *field)                                     \
    {                                                                                                                  \
        (void)column;                                                                                                  \
        return ar_value_integer(LOAD(type, field));                                                                    \
    }

INTEGER_VALUE(int8_value, int8_t)
INTEGER_VALUE(int16_value, int16_t)
INTEGER_VALUE(int32_value, int32_t)
INTEGER_VALUE(int64_value, int64_t)
INTEGER_VALUE(uint8_value, uint8_t)
INTEGER_VALUE(uint16_value, uint16_t)
INTEGER_VALUE(uint32_value, uint32_t)

static struct ar_value bool_value(const struct ar_column *column, const void *field)
{
    (void)column;
    return ar_value_integer(LOAD(uint8_t, field) != 0);
}

static struct ar_value uint64_value(const struct ar_column *column, const void *field)
{
    (void)column;
    return ar_value_unsigned(LOAD(uint64_t, field));
}

static enum ar_status read_integer(const struct field_reader *reader, const struct ar_column *column,
                                   const struct ar_value *value, void *field)
{
    const struct type_info *info = ar_type_info_of(column);

    if (value->kind != AR_VALUE_INTEGER)
        return ar_type_refuse(reader, column, "has a value that is not an integer");
    if (value->integer < info->minimum || value->integer > info->maximum)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has %" PRId64 ", but the field takes %" PRId64 " to %" PRId64,
                       column->name, column->model->table, value->integer, info->minimum, info->maximum);
    switch (column->size) {
    case 1:
        STORE(uint8_t, field, value->integer);
        break;
    case 2:
        STORE(uint16_t, field, value->integer);
        break;
    case 4:
        STORE(uint32_t, field, value->integer);
        break;
    default:
        STORE(int64_t, field, value->integer);
    }
    return AR_OK;
}

/* ---- Real numbers ------------------------------------------------------------------------------------------------ */

static struct ar_value float_value(const struct ar_column *column, const void *field)
{
    (void)column;
    return ar_value_real((double)LOAD(float, field));
}

static struct ar_value double_value(const struct ar_column *column, const void *field)
{
    (void)column;
    return ar_value_real(LOAD(double, field));
}

static bool is_exact(int64_t integer, double real)
{
    return real < 0x1p63 && (int64_t)real == integer;
}

static enum ar_status read_double(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value, void *field)
{
    double real = value->kind == AR_VALUE_INTEGER ? (double)value->integer : value->real;

    if (value->kind != AR_VALUE_REAL && value->kind != AR_VALUE_INTEGER)
        return ar_type_refuse(reader, column, "has a value that is not a number");
    if (value->kind == AR_VALUE_INTEGER && !ar_column_is_rounded(column) && !is_exact(value->integer, real))
        return ar_type_refuse(reader, column,
                              "has an integer that a double cannot hold exactly: declare the field int64_t");
    STORE(double, field, real);
    return AR_OK;
}

static enum ar_status read_float(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    double real = value->kind == AR_VALUE_INTEGER ? (double)value->integer : value->real;

    if (value->kind != AR_VALUE_REAL && value->kind != AR_VALUE_INTEGER)
        return ar_type_refuse(reader, column, "has a value that is not a number");
    if (value->kind == AR_VALUE_INTEGER && !ar_column_is_rounded(column) &&
        !is_exact(value->integer, (double)(float)real))
        return ar_type_refuse(reader, column,
                              "has an integer that a float cannot hold exactly: declare the field int64_t");
    if (isfinite(real) && fabs(real) > (double)FLT_MAX)
        return ar_type_refuse(reader, column, "has a number that is too large for a float");
    if (real != 0 && (float)real == 0)
        return ar_type_refuse(reader, column, "has a number that is too close to 0 for a float");
    STORE(float, field, real);
    return AR_OK;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

#define INTEGER(value_function, lowest, highest)                                                                       \
    {                                                                                                                  \
        .value = (value_function), .read = read_integer, .minimum = (lowest), .maximum = (highest),                    \
        .identifies_rows = true                                                                                        \
    }

const struct type_info ar_type_info[AR_TYPE_COUNT] = {
    [AR_TYPE_BOOL] = {.value = bool_value, .read = read_integer, .maximum = 1},
    [AR_TYPE_INT8] = INTEGER(int8_value, INT8_MIN, INT8_MAX),
    [AR_TYPE_INT16] = INTEGER(int16_value, INT16_MIN, INT16_MAX),
    [AR_TYPE_INT32] = INTEGER(int32_value, INT32_MIN, INT32_MAX),
    [AR_TYPE_INT64] = INTEGER(int64_value, INT64_MIN, INT64_MAX),
    [AR_TYPE_UINT8] = INTEGER(uint8_value, 0, UINT8_MAX),
    [AR_TYPE_UINT16] = INTEGER(uint16_value, 0, UINT16_MAX),
    [AR_TYPE_UINT32] = INTEGER(uint32_value, 0, UINT32_MAX),
    [AR_TYPE_UINT64] = {.value = uint64_value,
                        .read = read_integer,
                        .maximum = INT64_MAX,
                        .invalid = "an unsigned number above INT64_MAX",
                        .identifies_rows = true},
    [AR_TYPE_FLOAT] = {.value = float_value, .read = read_float},
    [AR_TYPE_DOUBLE] = {.value = double_value, .read = read_double},
    [AR_TYPE_TEXT] = {.value = ar_type_text_value,
                      .read = ar_type_read_text,
                      .equal = ar_type_equal_texts,
                      .own = ar_type_own_text,
                      .has_null = true,
                      .identifies_rows = true},
    [AR_TYPE_CHARS] = {.value = ar_type_chars_value,
                       .read = ar_type_read_chars,
                       .same = ar_type_equal_chars,
                       .own = ar_type_own_chars,
                       .invalid = "a char array without a terminator",
                       .is_terminated = true,
                       .identifies_rows = true},
    [AR_TYPE_BLOB] = {.value = ar_type_blob_value,
                      .read = ar_type_read_blob,
                      .same = ar_type_same_sized,
                      .equal = ar_type_equal_blobs,
                      .own = ar_type_own_blob,
                      .has_null = true},
    [AR_TYPE_BYTES] = {.value = ar_type_bytes_value, .read = ar_type_read_bytes, .identifies_rows = true},
    [AR_TYPE_UUID] = {.value = ar_type_bytes_value, .read = ar_type_read_uuid, .identifies_rows = true},
    [AR_TYPE_UUID_TEXT] = {.value = ar_type_bytes_value, .read = ar_type_read_uuid_text, .identifies_rows = true},
    [AR_TYPE_TIME] = {.value = ar_type_time_value,
                      .read = ar_type_read_time,
                      .ticks_per_second = 1,
                      .identifies_rows = true,
                      .has_forms = true},
    [AR_TYPE_TIMESPEC] = {.value = ar_type_timespec_value,
                          .read = ar_type_read_timespec,
                          .ticks_per_second = 1000000000,
                          .invalid = "a time with nanoseconds outside 0 to 999999999",
                          .identifies_rows = true,
                          .has_forms = true},
    [AR_TYPE_ENUM_TEXT] = {.value = ar_type_enum_value,
                           .read = ar_type_read_enum,
                           .invalid = "a number that is not a constant of the enum",
                           .identifies_rows = true},
    [AR_TYPE_DATE] = {.value = ar_type_date_value,
                      .read = ar_type_read_date,
                      .invalid = "not a date of the years 1 to 9999",
                      .takes = "dates of the years 1 to 9999",
                      .identifies_rows = true,
                      .has_forms = true},
    [AR_TYPE_TIME_OF_DAY] = {.value = ar_type_time_of_day_value,
                             .read = ar_type_read_time_of_day,
                             .same = ar_type_equal_times_of_day,
                             .own = ar_type_own_time_of_day,
                             .invalid = "not a time of day before 24:00",
                             .takes = "times of day before 24:00",
                             .identifies_rows = true,
                             .has_forms = true},
    [AR_TYPE_INT64S] = {.value = ar_type_array_value,
                        .read = ar_type_read_array,
                        .same = ar_type_same_sized,
                        .equal = ar_type_equal_arrays,
                        .own = ar_type_own_array,
                        .has_null = true},
    [AR_TYPE_TEXTS] = {.value = ar_type_array_value,
                       .read = ar_type_read_array,
                       .same = ar_type_same_sized,
                       .equal = ar_type_equal_arrays,
                       .own = ar_type_own_array,
                       .has_null = true,
                       .invalid = "an array with a NULL string"},
    [AR_TYPE_DECIMAL] = {.value = ar_decimal_value,
                         .read = ar_decimal_read,
                         .minimum = -AR_DECIMAL_MAX,
                         .maximum = AR_DECIMAL_MAX,
                         .identifies_rows = true},
    [AR_TYPE_INTERVAL] = {.value = int64_value,
                          .read = ar_interval_read,
                          .takes = "intervals without months and years, of at most 64 bits in microseconds",
                          .minimum = INT64_MIN,
                          .maximum = INT64_MAX},
};
