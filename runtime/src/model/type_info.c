/* Conversions of each field type, and the table of types. */
#include "model/type_info.h"

#include "base/calendar.h"
#include "base/timestamp.h"
#include "base/uuid.h"
#include "model/array.h"
#include "model/decimal_text.h"
#include "model/enum.h"
#include "model/time_text.h"
#include "model/type_decimal.h"

#include <armature/annotations.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Fields are accessed by memcpy, because the structs have the caller's types. */
#define LOAD(type, from) (*(type *)memcpy(&(type){0}, (from), sizeof(type)))
#define STORE(type, to, value) ((void)memcpy((to), &(type){(type)(value)}, sizeof(type)))

/* `what` continues the sentence. */
static enum ar_status refuse(const struct field_reader *reader, const struct ar_column *column, const char *what)
{
    return ar_fail(reader->failure, AR_INVALID, column->model, column, "column %s of table %s %s", column->name,
                   column->model->table, what);
}

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
        return refuse(reader, column, "has a value that is not an integer");
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
        return refuse(reader, column, "has a value that is not a number");
    if (value->kind == AR_VALUE_INTEGER && !ar_column_is_rounded(column) && !is_exact(value->integer, real))
        return refuse(reader, column, "has an integer that a double cannot hold exactly: declare the field int64_t");
    STORE(double, field, real);
    return AR_OK;
}

static enum ar_status read_float(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    double real = value->kind == AR_VALUE_INTEGER ? (double)value->integer : value->real;

    if (value->kind != AR_VALUE_REAL && value->kind != AR_VALUE_INTEGER)
        return refuse(reader, column, "has a value that is not a number");
    if (value->kind == AR_VALUE_INTEGER && !ar_column_is_rounded(column) &&
        !is_exact(value->integer, (double)(float)real))
        return refuse(reader, column, "has an integer that a float cannot hold exactly: declare the field int64_t");
    if (isfinite(real) && fabs(real) > (double)FLT_MAX)
        return refuse(reader, column, "has a number that is too large for a float");
    if (real != 0 && (float)real == 0)
        return refuse(reader, column, "has a number that is too close to 0 for a float");
    STORE(float, field, real);
    return AR_OK;
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

static struct ar_value text_value(const struct ar_column *column, const void *field)
{
    (void)column;
    return ar_value_text(LOAD(const char *, field));
}

static struct ar_value chars_value(const struct ar_column *column, const void *field)
{
    const char *end = memchr(field, '\0', column->size);

    if (end == NULL)
        return (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
    return ar_value_bytes(AR_VALUE_TEXT, field, (size_t)(end - (const char *)field));
}

static enum ar_status check_text(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value)
{
    if (value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "has a value that is not a string");
    if (ar_column_has_decimal_text(column) && !ar_decimal_text_has_form(column, &value->bytes))
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has \"%.*s\", which is not a number with %u digits after the point",
                       column->name, column->model->table, (int)(value->bytes.size < 60 ? value->bytes.size : 60),
                       (const char *)value->bytes.data, column->scale);
    if (value->bytes.size > 0 && memchr(value->bytes.data, '\0', value->bytes.size) != NULL)
        return refuse(reader, column, "has a string with a zero byte, which would end a C string");
    return AR_OK;
}

static enum ar_status read_text(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *field)
{
    enum ar_status status = check_text(reader, column, value);
    const char *text;

    if (status != AR_OK)
        return status;
    text = ar_arena_copy_text(reader->text, value->bytes.data, value->bytes.size);
    if (text == NULL)
        return ar_fail_no_memory(reader->failure);
    STORE(const char *, field, text);
    return AR_OK;
}

static enum ar_status read_chars(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    enum ar_status status = check_text(reader, column, value);

    if (status != AR_OK)
        return status;
    if (value->bytes.size >= column->size)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has a string of %zu bytes, but the field takes at most %u", column->name,
                       column->model->table, value->bytes.size, (unsigned)column->size - 1);
    memset(field, 0, column->size);
    memcpy(field, value->bytes.data, value->bytes.size);
    return AR_OK;
}

static bool equal_texts(const struct ar_column *column, const void *a, const void *b)
{
    const char *left = LOAD(const char *, a), *right = LOAD(const char *, b);

    (void)column;
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

static bool equal_chars(const struct ar_column *column, const void *a, const void *b)
{
    return strncmp(a, b, column->size) == 0;
}

static enum ar_status own_text(const struct ar_column *column, struct arena *text, struct failure *failure, void *field)
{
    (void)column;
    return ar_field_own_text(text, failure, field);
}

/* Zero the bytes after the terminator. */
static enum ar_status own_chars(const struct ar_column *column, struct arena *text, struct failure *failure,
                                void *field)
{
    size_t length = strnlen(field, column->size);

    (void)text, (void)failure;
    memset((char *)field + length, 0, column->size - length);
    return AR_OK;
}

/* ---- Blobs, arrays of bytes and UUIDs ---------------------------------------------------------------------------- */

static struct ar_value blob_value(const struct ar_column *column, const void *field)
{
    struct ar_blob blob = LOAD(struct ar_blob, field);

    (void)column;
    return ar_value_bytes(AR_VALUE_BLOB, blob.data, blob.size);
}

static enum ar_status read_blob(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *field)
{
    struct ar_blob blob = {.size = value->bytes.size};

    if (value->kind != AR_VALUE_BLOB)
        return refuse(reader, column, "has a value that is not a blob");
    blob.data = ar_arena_copy_text(reader->text, value->bytes.data, blob.size);
    if (blob.data == NULL)
        return ar_fail_no_memory(reader->failure);
    memcpy(field, &blob, sizeof blob);
    return AR_OK;
}

static bool equal_blobs(const struct ar_column *column, const void *a, const void *b)
{
    struct ar_blob left = LOAD(struct ar_blob, a), right = LOAD(struct ar_blob, b);

    (void)column;
    return left.data != NULL && right.data != NULL && left.size == right.size &&
           memcmp(left.data, right.data, left.size) == 0;
}

static enum ar_status own_blob(const struct ar_column *column, struct arena *text, struct failure *failure, void *field)
{
    struct ar_blob blob = LOAD(struct ar_blob, field);

    (void)column;
    if (blob.data == NULL)
        return AR_OK;
    blob.data = ar_arena_copy_text(text, blob.data, blob.size);
    if (blob.data == NULL)
        return ar_fail_no_memory(failure);
    memcpy(field, &blob, sizeof blob);
    return AR_OK;
}

static struct ar_value bytes_value(const struct ar_column *column, const void *field)
{
    return ar_value_fixed(field, column->size);
}

static enum ar_status read_bytes(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    if (value->kind != AR_VALUE_BLOB)
        return refuse(reader, column, "has a value that is not a blob; for a UUID, declare the field AR_UUID");
    if (value->bytes.size != column->size)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has a blob of %zu bytes, but the field takes exactly %u", column->name,
                       column->model->table, value->bytes.size, (unsigned)column->size);
    memcpy(field, value->bytes.data, column->size);
    return AR_OK;
}

static enum ar_status read_uuid(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *field)
{
    if (value->kind == AR_VALUE_TEXT)
        return refuse(reader, column, "has a string: for a UUID, declare the field AR_UUID AR_STORED_AS(text)");
    if (value->kind != AR_VALUE_BLOB || value->bytes.size != 16)
        return refuse(reader, column, "has a value that is not a UUID of 16 bytes");
    memcpy(field, value->bytes.data, 16);
    return AR_OK;
}

static enum ar_status read_uuid_text(const struct field_reader *reader, const struct ar_column *column,
                                     const struct ar_value *value, void *field)
{
    if (value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "has a value that is not a string: remove AR_STORED_AS(text) from the field");
    if (!ar_uuid_read(value->bytes.data, value->bytes.size, field))
        return refuse(reader, column, "has a string that is not a UUID of 36 characters");
    return AR_OK;
}

/* ---- Arrays ------------------------------------------------------------------------------------------------------ */

static struct ar_value array_value(const struct ar_column *column, const void *field)
{
    return ar_array_value(column->type, field);
}

/* Read JSON, or take an array of the caller, which has the items already. */
static enum ar_status read_array(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    if (value->kind == AR_VALUE_ARRAY) {
        ar_array_set(column->type, value, field);
        return AR_OK;
    }
    if (value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "has a value that is not an array");
    switch (ar_array_read_json(column->type, value->bytes.data, value->bytes.size, reader->text, field)) {
    case ARRAY_READ:
        return AR_OK;
    case ARRAY_NO_MEMORY:
        return ar_fail_no_memory(reader->failure);
    case ARRAY_HAS_NULL:
        return refuse(reader, column, "has an array with NULL among its items, which the field cannot hold");
    case ARRAY_OUT_OF_RANGE:
        return refuse(reader, column, "has an array with an integer out of the range of int64_t");
    case ARRAY_WRONG:
        break;
    }
    return refuse(reader, column,
                  column->type == AR_TYPE_INT64S ? "has a string that is not a JSON array of integers"
                                                 : "has a string that is not a JSON array of strings");
}

static bool equal_arrays(const struct ar_column *column, const void *a, const void *b)
{
    return ar_array_equal(column->type, a, b);
}

static enum ar_status own_array(const struct ar_column *column, struct arena *text, struct failure *failure,
                                void *field)
{
    void *items = ar_arena_allocate_aligned(text, ar_array_size(column->type, field), AR_ARRAY_ALIGNMENT);

    if (items == NULL)
        return ar_fail_no_memory(failure);
    ar_array_move(column->type, items, field);
    return AR_OK;
}

/* ---- Times ------------------------------------------------------------------------------------------------------- */

static struct ar_value time_value(const struct ar_column *column, const void *field)
{
    (void)column;
    return ar_value_time(LOAD(time_t, field));
}

static struct ar_value timespec_value(const struct ar_column *column, const void *field)
{
    struct timespec time = LOAD(struct timespec, field);

    (void)column;
    if (time.tv_nsec < 0 || time.tv_nsec >= 1000000000)
        return (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
    return ar_value_timespec(time);
}

/* A time read in the other form would be compared and written in the column's form: conditions would match the wrong
 * rows, and a save would change the form of the row for other programs. */
static enum ar_status refuse_time(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value)
{
    struct ar_instant ignored;

    if (value->kind == AR_VALUE_INTEGER)
        return refuse(reader, column,
                      "has a number, but AR_STORED_AS declares its times as strings: remove the attribute");
    if (value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "has a value that is not a timestamp");
    if (!ar_timestamp_parse(value->bytes.data, value->bytes.size, &ignored))
        return refuse(reader, column,
                      (column->flags & AR_COLUMN_TIME_ISO) != 0
                          ? "has a string that is not a timestamp: expected YYYY-MM-DDTHH:MM:SSZ"
                          : "has a string that is not a timestamp: expected YYYY-MM-DD HH:MM:SS");
    return refuse(
        reader, column,
        value->bytes.size > strlen("YYYY-MM-DD")
            ? "has a time stored as a string: declare the field AR_STORED_AS(text), or AR_STORED_AS(iso) if it has a T"
            : "has a date stored as a string: declare the field AR_STORED_AS(date), or AR_STORED_AS(text) if other rows "
              "have a time of day");
}

/* Rows with different keys must not become one record: refuse a value of a key that the field would write back in
 * another form or without its fraction. */
static enum ar_status check_key_time(const struct field_reader *reader, const struct ar_column *column,
                                     const struct ar_value *value, const struct ar_instant *time)
{
    char text[AR_TIMESTAMP_SIZE];
    struct ar_instant whole = *time;
    size_t length;

    if ((column->flags & AR_COLUMN_EXACT) == 0)
        return AR_OK;
    if (ar_type_info_of(column)->ticks_per_second == 1)
        whole.nanoseconds = 0;
    if (value->kind == AR_VALUE_TEXT) {
        length = ar_time_text(&whole, column, text);
        if (length == value->bytes.size && memcmp(text, value->bytes.data, length) == 0)
            return AR_OK;
    } else if (whole.nanoseconds == time->nanoseconds) {
        return AR_OK;
    }
    return refuse(reader, column,
                  value->kind == AR_VALUE_TEXT
                      ? "is part of a key, but has a string that AR_STORED_AS would write differently"
                      : "is part of a key, but has a fraction of a second: declare the field struct timespec");
}

/* Read a time that the database has, or one that is stored in the form of the column. If that is a number, store it in
 * *number and set *is_number. */
static enum ar_status read_instant(const struct field_reader *reader, const struct ar_column *column,
                                   const struct ar_value *value, struct ar_instant *out, bool *is_number)
{
    bool is_text = (column->flags & AR_COLUMN_TIME_TEXT) != 0;

    *is_number = !is_text && value->kind == AR_VALUE_INTEGER;
    if (value->kind == AR_VALUE_TIME)
        *out = value->time;
    else if (value->kind == AR_VALUE_DATE)
        *out = (struct ar_instant){.seconds = ar_date_to_days(value->date) * 86400};
    else if (!*is_number && (!is_text || value->kind != AR_VALUE_TEXT ||
                             !ar_timestamp_parse(value->bytes.data, value->bytes.size, out)))
        return refuse_time(reader, column, value);
    return *is_number ? AR_OK : check_key_time(reader, column, value, out);
}

/* A number is in seconds. */
static enum ar_status read_time(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *field)
{
    struct ar_instant instant = {0};
    bool is_number;
    enum ar_status status = read_instant(reader, column, value, &instant, &is_number);

    if (status == AR_OK)
        STORE(time_t, field, is_number ? value->integer : instant.seconds);
    return status;
}

/* A number is in nanoseconds. */
static enum ar_status read_timespec(const struct field_reader *reader, const struct ar_column *column,
                                    const struct ar_value *value, void *field)
{
    const int64_t billion = 1000000000;
    struct ar_instant instant = {0};
    struct timespec time;
    bool is_number;
    enum ar_status status = read_instant(reader, column, value, &instant, &is_number);

    if (status != AR_OK)
        return status;
    if (is_number) {
        int64_t rest = value->integer % billion;
        instant.seconds = value->integer / billion - (rest < 0);
        instant.nanoseconds = (int32_t)(rest + (rest < 0 ? billion : 0));
    }
    time = (struct timespec){.tv_sec = (time_t)instant.seconds, .tv_nsec = instant.nanoseconds};
    memcpy(field, &time, sizeof time);
    return AR_OK;
}

/* ---- Dates and times of day -------------------------------------------------------------------------------------- */

static struct ar_value date_value(const struct ar_column *column, const void *field)
{
    struct ar_date date = LOAD(struct ar_date, field);

    (void)column;
    return ar_date_is_valid(date) ? ar_value_date(date) : (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
}

static enum ar_status read_date(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *field)
{
    struct ar_date date = value->date;

    if (value->kind == AR_VALUE_TIME)
        return refuse(reader, column, "has a time, or a date outside the years 1 to 9999");
    if (value->kind != AR_VALUE_DATE && value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "has a value that is not a date");
    if (value->kind == AR_VALUE_TEXT && !ar_date_parse(value->bytes.data, value->bytes.size, &date))
        return refuse(reader, column, "has a string that is not a date: expected YYYY-MM-DD");
    memcpy(field, &date, sizeof date);
    return AR_OK;
}

static struct ar_value time_of_day_value(const struct ar_column *column, const void *field)
{
    struct ar_time_of_day time = LOAD(struct ar_time_of_day, field);

    (void)column;
    return ar_time_of_day_is_valid(time) ? ar_value_time_of_day(time)
                                         : (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
}

/* Store the time with zeros in the padding of its struct. */
static void store_time_of_day(struct ar_time_of_day time, void *field)
{
    memset(field, 0, sizeof time);
    memcpy(field, &time, offsetof(struct ar_time_of_day, second) + sizeof time.second);
    memcpy((char *)field + offsetof(struct ar_time_of_day, microsecond), &time.microsecond, sizeof time.microsecond);
}

static enum ar_status read_time_of_day(const struct field_reader *reader, const struct ar_column *column,
                                       const struct ar_value *value, void *field)
{
    struct ar_time_of_day time = value->time_of_day;
    char text[AR_TIME_OF_DAY_SIZE];

    if (value->kind != AR_VALUE_TIME_OF_DAY && value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "has a value that is not a time of day");
    if (value->kind == AR_VALUE_TEXT) {
        if (!ar_time_of_day_parse(value->bytes.data, value->bytes.size, &time))
            return refuse(reader, column, "has a string that is not a time of day: expected HH:MM:SS");
        if ((column->flags & AR_COLUMN_EXACT) != 0 && (ar_time_of_day_format(time, text) != value->bytes.size ||
                                                       memcmp(text, value->bytes.data, value->bytes.size) != 0))
            return refuse(reader, column, "is part of a key, but has a string other than HH:MM:SS or HH:MM:SS.ffffff");
    }
    store_time_of_day(time, field);
    return AR_OK;
}

static bool equal_times_of_day(const struct ar_column *column, const void *a, const void *b)
{
    struct ar_time_of_day left = LOAD(struct ar_time_of_day, a), right = LOAD(struct ar_time_of_day, b);

    (void)column;
    return left.hour == right.hour && left.minute == right.minute && left.second == right.second &&
           left.microsecond == right.microsecond;
}

static enum ar_status own_time_of_day(const struct ar_column *column, struct arena *text, struct failure *failure,
                                      void *field)
{
    (void)column, (void)text, (void)failure;
    store_time_of_day(LOAD(struct ar_time_of_day, field), field);
    return AR_OK;
}

/* ---- Enums ------------------------------------------------------------------------------------------------------- */

static struct ar_value enum_value(const struct ar_column *column, const void *field)
{
    const char *name = ar_enum_name(column, LOAD(int32_t, field));

    return name != NULL ? ar_value_text(name) : (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
}

static enum ar_status read_enum(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *field)
{
    const struct ar_enum_name *constant;

    /* A driver does not know the types that CREATE TYPE … AS ENUM makes; their binary form is the label. */
    if (value->kind != AR_VALUE_TEXT && (value->kind != AR_VALUE_OTHER || column->cast == NULL))
        return refuse(reader, column, "has a value that is not a string");
    constant = ar_enum_find(column, value->bytes.data, value->bytes.size);
    if (constant != NULL) {
        STORE(uint32_t, field, constant->value);
        return AR_OK;
    }
    return ar_fail(reader->failure, AR_INVALID, column->model, column,
                   "column %s of table %s has \"%.*s\", which is not a constant of the enum", column->name,
                   column->model->table, (int)(value->bytes.size < 60 ? value->bytes.size : 60),
                   (const char *)value->bytes.data);
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
    [AR_TYPE_TEXT] = {.value = text_value,
                      .read = read_text,
                      .equal = equal_texts,
                      .own = own_text,
                      .has_null = true,
                      .identifies_rows = true},
    [AR_TYPE_CHARS] = {.value = chars_value,
                       .read = read_chars,
                       .equal = equal_chars,
                       .own = own_chars,
                       .invalid = "a char array without a terminator",
                       .is_terminated = true,
                       .identifies_rows = true},
    [AR_TYPE_BLOB] = {.value = blob_value, .read = read_blob, .equal = equal_blobs, .own = own_blob, .has_null = true},
    [AR_TYPE_BYTES] = {.value = bytes_value, .read = read_bytes, .identifies_rows = true},
    [AR_TYPE_UUID] = {.value = bytes_value, .read = read_uuid, .identifies_rows = true},
    [AR_TYPE_UUID_TEXT] = {.value = bytes_value, .read = read_uuid_text, .identifies_rows = true},
    [AR_TYPE_TIME] =
        {.value = time_value, .read = read_time, .ticks_per_second = 1, .identifies_rows = true, .has_forms = true},
    [AR_TYPE_TIMESPEC] = {.value = timespec_value,
                          .read = read_timespec,
                          .ticks_per_second = 1000000000,
                          .invalid = "a time with nanoseconds outside 0 to 999999999",
                          .identifies_rows = true,
                          .has_forms = true},
    [AR_TYPE_ENUM_TEXT] = {.value = enum_value,
                           .read = read_enum,
                           .invalid = "a number that is not a constant of the enum",
                           .identifies_rows = true},
    [AR_TYPE_DATE] = {.value = date_value,
                      .read = read_date,
                      .invalid = "not a date of the years 1 to 9999",
                      .takes = "dates of the years 1 to 9999",
                      .identifies_rows = true,
                      .has_forms = true},
    [AR_TYPE_TIME_OF_DAY] = {.value = time_of_day_value,
                             .read = read_time_of_day,
                             .equal = equal_times_of_day,
                             .own = own_time_of_day,
                             .invalid = "not a time of day before 24:00",
                             .takes = "times of day before 24:00",
                             .identifies_rows = true,
                             .has_forms = true},
    [AR_TYPE_INT64S] =
        {.value = array_value, .read = read_array, .equal = equal_arrays, .own = own_array, .has_null = true},
    [AR_TYPE_TEXTS] = {.value = array_value,
                       .read = read_array,
                       .equal = equal_arrays,
                       .own = own_array,
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
