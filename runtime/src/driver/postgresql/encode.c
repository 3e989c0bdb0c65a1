/* Encoding of values in PostgreSQL's formats. */
#include "driver/postgresql/encode.h"

#include "base/calendar.h"
#include "base/uuid.h"
#include "driver/postgresql/type.h"
#include "model/array.h"
#include "model/decimal.h"
#include "model/type_info.h"

#include <string.h>

static enum pg_encoding encode_time(const struct ar_instant *time, char *to)
{
    int64_t microseconds;

    if (time->nanoseconds % 1000 != 0 || __builtin_sub_overflow(time->seconds, AR_PG_EPOCH, &microseconds) ||
        __builtin_mul_overflow(microseconds, INT64_C(1000000), &microseconds) ||
        __builtin_add_overflow(microseconds, (int64_t)time->nanoseconds / 1000, &microseconds) ||
        microseconds < AR_PG_TIME_MIN || microseconds > AR_PG_TIME_MAX)
        return PG_OUT_OF_RANGE;
    ar_pg_put_64(to, (uint64_t)microseconds);
    return PG_ENCODED;
}

static enum pg_encoding encode_date(struct ar_date date, char *to)
{
    if (!ar_date_is_valid(date))
        return PG_OUT_OF_RANGE;
    ar_pg_put_32(to, (uint32_t)(ar_date_to_days(date) - AR_PG_EPOCH_DAYS));
    return PG_ENCODED;
}

static enum pg_encoding encode_time_of_day(struct ar_time_of_day time, char *to)
{
    if (!ar_time_of_day_is_valid(time))
        return PG_OUT_OF_RANGE;
    ar_pg_put_64(to, (uint64_t)ar_time_of_day_to_microseconds(time));
    return PG_ENCODED;
}

static enum pg_encoding encode_small(int64_t integer, int size, char *to)
{
    int unused = 64 - 8 * size;

    if (integer != (int64_t)((uint64_t)integer << unused) >> unused)
        return PG_OUT_OF_RANGE;
    for (int i = 0; i < size; i++)
        to[i] = (char)(unsigned char)((uint64_t)integer >> (8 * (size - 1 - i)));
    return PG_ENCODED;
}

static void encode_real(const struct ar_value *value, bool is_single, char *to)
{
    double real = value->kind == AR_VALUE_REAL ? value->real : (double)value->integer;
    float single = (float)real;
    uint32_t half;
    uint64_t bits;

    memcpy(&half, &single, sizeof half);
    memcpy(&bits, &real, sizeof bits);
    if (is_single)
        ar_pg_put_32(to, half);
    else
        ar_pg_put_64(to, bits);
}

enum { INTERVAL_SIZE = 16, FIXED_SIZE_MAX = AR_DECIMAL_SIZE_MAX };

/* Days and months are 0. */
static void put_interval(int64_t microseconds, char *to)
{
    ar_pg_put_64(to, (uint64_t)microseconds);
    ar_pg_put_64(to + 8, 0);
}

/* Write the bytes of a number or time, at most FIXED_SIZE_MAX. */
static enum pg_encoding encode_fixed(const struct ar_value *value, const struct ar_column *column, Oid oid, char *to,
                                     int *length)
{
    *length = 8;
    if (value->kind == AR_VALUE_TIME)
        return encode_time(&value->time, to);
    if (value->kind == AR_VALUE_TIME_OF_DAY)
        return encode_time_of_day(value->time_of_day, to);
    if (value->kind == AR_VALUE_DATE) {
        *length = 4;
        return encode_date(value->date, to);
    }
    switch (oid) {
    case OID_BOOL:
        *length = 1;
        return encode_small(value->integer != 0, 1, to);
    case OID_INT2:
        *length = 2;
        return encode_small(value->integer, 2, to);
    case OID_INT4:
        *length = 4;
        return encode_small(value->integer, 4, to);
    case OID_NUMERIC:
        *length = (int)ar_decimal_put_integer(value->integer, column->scale, to);
        return PG_ENCODED;
    case OID_INTERVAL:
        *length = INTERVAL_SIZE;
        put_interval(value->integer, to);
        return PG_ENCODED;
    case OID_FLOAT4:
        *length = 4;
        __attribute__((fallthrough));
    case OID_FLOAT8:
        encode_real(value, oid == OID_FLOAT4, to);
        return PG_ENCODED;
    default:
        ar_pg_put_64(to, (uint64_t)value->integer);
        return PG_ENCODED;
    }
}

static bool is_uuid_text(const struct ar_column *column)
{
    return column != NULL && column->type == AR_TYPE_UUID_TEXT;
}

bool ar_pg_is_sent_as_text(const struct ar_column *column)
{
    return column != NULL && (ar_type_is_text(column->type) || is_uuid_text(column) || ar_type_is_array(column->type));
}

bool ar_pg_is_formatted(const struct ar_value *value, const struct ar_column *column)
{
    return value->kind == AR_VALUE_ARRAY || (is_uuid_text(column) && value->kind == AR_VALUE_BLOB);
}

/* Write that string, of at most ar_pg_size bytes, and return its length. */
static size_t format(const struct ar_value *value, const struct ar_column *column, char *to)
{
    char uuid[AR_UUID_LENGTH + 1];

    if (value->kind == AR_VALUE_ARRAY)
        return (size_t)(ar_array_write(column->type, value, ARRAY_BRACES, to) - to);
    ar_uuid_format(value->bytes.data, uuid);
    memcpy(to, uuid, AR_UUID_LENGTH);
    return AR_UUID_LENGTH;
}

size_t ar_pg_size(const struct ar_value *value, const struct ar_column *column)
{
    if (value->kind == AR_VALUE_ARRAY)
        return ar_array_text_size(column->type, value, ARRAY_BRACES);
    if (is_uuid_text(column))
        return AR_UUID_LENGTH;
    if (value->kind == AR_VALUE_TEXT || value->kind == AR_VALUE_BLOB)
        return value->bytes.size;
    if (column != NULL && column->type == AR_TYPE_DECIMAL)
        return AR_DECIMAL_SIZE_MAX;
    return column != NULL && column->type == AR_TYPE_INTERVAL ? INTERVAL_SIZE : sizeof(int64_t);
}

static enum pg_encoding encode_bytes(const struct ar_value *value, struct pg_parameter *out)
{
    if (value->bytes.size > AR_PG_MESSAGE_MAX)
        return PG_TOO_LARGE;
    out->data = value->bytes.data;
    out->length = (int)value->bytes.size;
    return PG_ENCODED;
}

enum pg_encoding ar_pg_encode_formatted(const struct ar_value *value, const struct ar_column *column,
                                        struct arena *arena, struct pg_parameter *out)
{
    size_t size = ar_pg_size(value, column);
    char *text = size <= AR_PG_MESSAGE_MAX ? ar_arena_allocate(arena, size + 1) : NULL;

    if (text == NULL)
        return size <= AR_PG_MESSAGE_MAX ? PG_NO_MEMORY : PG_TOO_LARGE;
    out->data = text;
    out->length = (int)format(value, column, text);
    text[out->length] = '\0';
    return PG_ENCODED;
}

enum pg_encoding ar_pg_encode(const struct ar_value *value, const struct ar_column *column, struct arena *arena,
                              struct pg_parameter *out)
{
    struct pg_type type = ar_pg_type_of(column);
    char *fixed;

    *out = (struct pg_parameter){.oid = ar_pg_is_sent_as_text(column) ? 0 : type.oid};
    switch (value->kind) {
    case AR_VALUE_NULL:
        return PG_ENCODED;
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        return PG_OUT_OF_RANGE;
    case AR_VALUE_TEXT:
    case AR_VALUE_BLOB:
    case AR_VALUE_ARRAY:
        return ar_pg_is_formatted(value, column) ? ar_pg_encode_formatted(value, column, arena, out)
                                                 : encode_bytes(value, out);
    case AR_VALUE_INTEGER:
    case AR_VALUE_REAL:
    case AR_VALUE_TIME:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
        break;
    }
    fixed = ar_arena_allocate(arena, FIXED_SIZE_MAX);
    out->data = fixed;
    out->oid = type.oid;
    return fixed != NULL ? encode_fixed(value, column, out->oid, fixed, &out->length) : PG_NO_MEMORY;
}

enum pg_encoding ar_pg_append(const struct ar_value *value, const struct ar_column *column, Oid oid, char **end)
{
    int length = -1; /* of a NULL */
    enum pg_encoding encoding = PG_ENCODED;

    if (value->kind == AR_VALUE_OUT_OF_RANGE)
        return PG_OUT_OF_RANGE;
    if (ar_pg_is_formatted(value, column)) {
        length = (int)format(value, column, *end + 4);
    } else if (value->kind == AR_VALUE_TEXT || value->kind == AR_VALUE_BLOB) {
        length = (int)value->bytes.size;
        memcpy(*end + 4, value->bytes.data, value->bytes.size);
    } else if (value->kind != AR_VALUE_NULL) {
        encoding = encode_fixed(value, column, oid, *end + 4, &length);
    }
    ar_pg_put_32(*end, (uint32_t)length);
    *end += 4 + (length > 0 ? length : 0);
    return encoding;
}
