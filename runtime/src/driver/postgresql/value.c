/* PostgreSQL's binary formats (src/backend/utils/adt, the _send and _recv functions): all numbers big-endian, times in
 * microseconds since 2000-01-01. */
#include "driver/postgresql/value.h"

#include "base/calendar.h"
#include "base/uuid.h"
#include "model/array.h"
#include "model/decimal.h"
#include "model/type_info.h"

#include <string.h>

/* The range of a timestamp in microseconds (src/include/datatype/timestamp.h): from 4714 BC to the end of 294276. */
static const int64_t earliest = -211813488000000000, latest = 9223371331199999999;

/* Days from 1970 to 2000. */
static const int64_t epoch_days = AR_PG_EPOCH / 86400;

/* The types of a field's values: that of parameters, its array, and others whose binary form ar_pg_append writes. */
struct pg_type {
    Oid oid, array, others[2];
};

/* Integers are sent as bigint, whatever the width of the column: PostgreSQL compares and assigns across widths, using
 * indexes and checking the range. But it finds no function substr(text, bigint): parameters of user SQL have the type
 * of their width. */
static struct pg_type integer_type(const struct ar_column *column)
{
    int64_t maximum = INT64_MAX;

    if (column != NULL && (column->flags & AR_COLUMN_PARAMETER) != 0)
        maximum = ar_type_info_of(column)->maximum;
    if (maximum <= INT16_MAX)
        return (struct pg_type){OID_INT2, OID_INT2_ARRAY, {0}};
    if (maximum <= INT32_MAX)
        return (struct pg_type){OID_INT4, OID_INT4_ARRAY, {0}};
    return (struct pg_type){OID_INT8, OID_INT8_ARRAY, {OID_INT4, OID_INT2}};
}

static struct pg_type pg_type_of(const struct ar_column *column)
{
    enum ar_type type = column != NULL ? column->type : AR_TYPE_INT64;

    switch (type) {
    case AR_TYPE_BOOL:
        return (struct pg_type){OID_BOOL, OID_BOOL_ARRAY, {0}};
    case AR_TYPE_INT8:
    case AR_TYPE_INT16:
    case AR_TYPE_INT32:
    case AR_TYPE_INT64:
    case AR_TYPE_UINT8:
    case AR_TYPE_UINT16:
    case AR_TYPE_UINT32:
    case AR_TYPE_UINT64:
        return integer_type(column);
    case AR_TYPE_FLOAT:
        return (struct pg_type){OID_FLOAT8, OID_FLOAT8_ARRAY, {OID_FLOAT4}};
    case AR_TYPE_DOUBLE:
        return (struct pg_type){OID_FLOAT8, OID_FLOAT8_ARRAY, {0}};
    case AR_TYPE_TEXT:
    case AR_TYPE_CHARS:
    case AR_TYPE_ENUM_TEXT:
    case AR_TYPE_UUID_TEXT:
    case AR_TYPE_INT64S: /* arrays are sent as the strings that the server reads */
    case AR_TYPE_TEXTS:
        return (struct pg_type){OID_TEXT, OID_TEXT_ARRAY, {OID_VARCHAR, OID_BPCHAR}};
    case AR_TYPE_BLOB:
    case AR_TYPE_BYTES:
        return (struct pg_type){OID_BYTEA, OID_BYTEA_ARRAY, {0}};
    case AR_TYPE_UUID:
        return (struct pg_type){OID_UUID, OID_UUID_ARRAY, {0}};
    case AR_TYPE_TIME:
    case AR_TYPE_TIMESPEC:
        if ((column->flags & AR_COLUMN_WITHOUT_ZONE) != 0)
            return (struct pg_type){OID_TIMESTAMP, OID_TIMESTAMP_ARRAY, {0}};
        return (struct pg_type){OID_TIMESTAMPTZ, OID_TIMESTAMPTZ_ARRAY, {0}};
    case AR_TYPE_DATE:
        return (struct pg_type){OID_DATE, OID_DATE_ARRAY, {0}};
    case AR_TYPE_TIME_OF_DAY:
        return (struct pg_type){OID_TIME, OID_TIME_ARRAY, {0}};
    case AR_TYPE_DECIMAL:
        return (struct pg_type){OID_NUMERIC, OID_NUMERIC_ARRAY, {0}};
    case AR_TYPE_INTERVAL:
        return (struct pg_type){OID_INTERVAL, OID_INTERVAL_ARRAY, {0}};
    }
    return (struct pg_type){0};
}

static uint64_t get(const char *from, size_t size)
{
    uint64_t number = 0;

    for (size_t i = 0; i < size; i++)
        number = number << 8 | (unsigned char)from[i];
    return number;
}

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

static enum pg_encoding encode_time(const struct ar_instant *time, char *to)
{
    int64_t microseconds;

    if (time->nanoseconds % 1000 != 0 || __builtin_sub_overflow(time->seconds, AR_PG_EPOCH, &microseconds) ||
        __builtin_mul_overflow(microseconds, INT64_C(1000000), &microseconds) ||
        __builtin_add_overflow(microseconds, (int64_t)time->nanoseconds / 1000, &microseconds) ||
        microseconds < earliest || microseconds > latest)
        return PG_OUT_OF_RANGE;
    ar_pg_put_64(to, (uint64_t)microseconds);
    return PG_ENCODED;
}

static enum pg_encoding encode_date(struct ar_date date, char *to)
{
    if (!ar_date_is_valid(date))
        return PG_OUT_OF_RANGE;
    ar_pg_put_32(to, (uint32_t)(ar_date_to_days(date) - epoch_days));
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

static bool is_sent_as_text(const struct ar_column *column)
{
    return column != NULL && (ar_type_is_text(column->type) || is_uuid_text(column) || ar_type_is_array(column->type));
}

/* Return true if the value is sent as a string that must be made: of a UUID, or of an array. */
static bool is_formatted(const struct ar_value *value, const struct ar_column *column)
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

bool ar_pg_has_form(const struct ar_column *column, Oid oid)
{
    const struct pg_type types = pg_type_of(column);

    return oid != 0 && (oid == types.oid || oid == types.others[0] || oid == types.others[1]);
}

static enum pg_encoding encode_bytes(const struct ar_value *value, struct pg_parameter *out)
{
    if (value->bytes.size > AR_PG_MESSAGE_MAX)
        return PG_TOO_LARGE;
    out->data = value->bytes.data;
    out->length = (int)value->bytes.size;
    return PG_ENCODED;
}

/* Make the string of a value in the arena. */
static enum pg_encoding encode_formatted(const struct ar_value *value, const struct ar_column *column,
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
    struct pg_type type = pg_type_of(column);
    char *fixed;

    *out = (struct pg_parameter){.oid = is_sent_as_text(column) ? 0 : type.oid};
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
        return is_formatted(value, column) ? encode_formatted(value, column, arena, out) : encode_bytes(value, out);
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

/* ---- Arrays ------------------------------------------------------------------------------------------------------ */

enum { ARRAY_HEADER = 20 };

static struct ar_value key_value(const struct key_set *keys, size_t column, size_t i)
{
    return keys->integers != NULL ? ar_value_integer(keys->integers[i]) : keys->values[i * keys->column_count + column];
}

static size_t array_size(const struct key_set *keys, size_t column)
{
    size_t size = ARRAY_HEADER;

    for (size_t i = 0; i < keys->count; i++) {
        struct ar_value value = key_value(keys, column, i);
        size += 4 + ar_pg_size(&value, keys->columns[column]);
    }
    return size;
}

static bool has_null(const struct key_set *keys, size_t column)
{
    for (size_t i = 0; i < keys->count; i++)
        if (key_value(keys, column, i).kind == AR_VALUE_NULL)
            return true;
    return false;
}

enum pg_encoding ar_pg_append(const struct ar_value *value, const struct ar_column *column, Oid oid, char **end)
{
    int length = -1; /* of a NULL */
    enum pg_encoding encoding = PG_ENCODED;

    if (value->kind == AR_VALUE_OUT_OF_RANGE)
        return PG_OUT_OF_RANGE;
    if (is_formatted(value, column)) {
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

/* Write a quoted element, with at most two bytes for each byte of the value. */
static char *append_quoted(char *end, const struct ar_bytes *text)
{
    const char *from = text->data;

    *end++ = '"';
    for (size_t i = 0; i < text->size; i++) {
        if (from[i] == '"' || from[i] == '\\')
            *end++ = '\\';
        *end++ = from[i];
    }
    *end++ = '"';
    return end;
}

/* Write one element: a string in quotes, or NULL. */
static enum pg_encoding append_text(const struct ar_value *value, const struct ar_column *column, struct arena *arena,
                                    char **end)
{
    struct pg_parameter text = {.data = value->bytes.data, .length = (int)value->bytes.size};
    enum pg_encoding encoding = PG_ENCODED;
    struct ar_bytes bytes;

    if (value->kind == AR_VALUE_NULL) {
        *end = (char *)memcpy(*end, "NULL", 4) + 4;
        return PG_ENCODED;
    }
    if (is_formatted(value, column))
        encoding = encode_formatted(value, column, arena, &text);
    bytes = (struct ar_bytes){text.data, (size_t)text.length};
    if (encoding == PG_ENCODED)
        *end = append_quoted(*end, &bytes);
    return encoding;
}

/* Write strings in the form that array_in reads: {"a","b",NULL}. */
static enum pg_encoding encode_texts(const struct key_set *keys, size_t column, struct arena *arena,
                                     struct pg_parameter *out)
{
    size_t size = 3; /* braces and terminator; without backslashes */
    enum pg_encoding encoding = PG_ENCODED;
    char *data, *end;

    for (size_t i = 0; i < keys->count; i++) {
        struct ar_value value = key_value(keys, column, i);
        bool is_text = value.kind == AR_VALUE_TEXT || is_formatted(&value, keys->columns[column]);
        if (!is_text && value.kind != AR_VALUE_NULL)
            return PG_OUT_OF_RANGE;
        size += is_text ? ar_pg_size(&value, keys->columns[column]) + 3 : 5; /* quotes, or NULL, and a comma */
    }
    if (size > AR_PG_MESSAGE_MAX)
        return PG_TOO_LARGE;
    data = end = ar_arena_allocate(arena, 2 * size);
    if (data == NULL)
        return PG_NO_MEMORY;
    *end++ = '{';
    for (size_t i = 0; i < keys->count && encoding == PG_ENCODED; i++) {
        struct ar_value value = key_value(keys, column, i);
        if (i > 0)
            *end++ = ',';
        encoding = append_text(&value, keys->columns[column], arena, &end);
    }
    *end++ = '}';
    *end = '\0';
    *out = (struct pg_parameter){.data = data, .length = (int)(end - data)};
    return encoding != PG_ENCODED || end - data <= AR_PG_MESSAGE_MAX ? encoding : PG_TOO_LARGE;
}

/* One dimension: array_recv's format. */
static enum pg_encoding encode_array(const struct key_set *keys, size_t column, struct arena *arena,
                                     struct pg_parameter *out)
{
    struct pg_type type = pg_type_of(keys->columns[column]);
    size_t size = array_size(keys, column);
    char *data = size <= AR_PG_MESSAGE_MAX ? ar_arena_allocate(arena, size) : NULL, *end = data;

    *out = (struct pg_parameter){.oid = type.array, .data = data};
    if (data == NULL)
        return size <= AR_PG_MESSAGE_MAX ? PG_NO_MEMORY : PG_TOO_LARGE;
    ar_pg_put_32(end, keys->count > 0);
    ar_pg_put_32(end + 4, has_null(keys, column));
    ar_pg_put_32(end + 8, type.oid);
    end += 12;
    if (keys->count > 0) {
        ar_pg_put_32(end, (uint32_t)keys->count);
        ar_pg_put_32(end + 4, 1);
        end += 8;
    }
    for (size_t i = 0; i < keys->count; i++) {
        struct ar_value value = key_value(keys, column, i);
        enum pg_encoding encoding = ar_pg_append(&value, keys->columns[column], type.oid, &end);
        if (encoding != PG_ENCODED)
            return encoding;
    }
    out->length = (int)(end - data);
    return PG_ENCODED;
}

enum pg_encoding ar_pg_encode_keys(const struct key_set *keys, size_t column, struct arena *arena,
                                   struct pg_parameter *out)
{
    if (keys->has_column_types && is_sent_as_text(keys->columns[column]))
        return encode_texts(keys, column, arena, out);
    return encode_array(keys, column, arena, out);
}

bool ar_pg_decode_integers(const struct ar_value *array, size_t count, int64_t *out)
{
    enum { ELEMENT = 12 };
    const char *data, *element;

    if (array->kind != AR_VALUE_OTHER || array->bytes.size != ARRAY_HEADER + count * ELEMENT)
        return false;
    data = array->bytes.data;
    if (ar_pg_get_32(data) != 1 || ar_pg_get_32(data + 4) != 0 || ar_pg_get_32(data + 8) != OID_INT8)
        return false;
    for (element = data + ARRAY_HEADER; count > 0; count--, element += ELEMENT) {
        if (ar_pg_get_32(element) != sizeof *out)
            return false;
        *out++ = (int64_t)ar_pg_get_64(element + 4);
    }
    return true;
}

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

/* `length` is 8 or 4. */
static void decode_real(const char *data, size_t length, struct ar_value *out)
{
    uint64_t bits;
    uint32_t half;
    float single;

    out->kind = AR_VALUE_REAL;
    if (length == 8) {
        bits = ar_pg_get_64(data);
        memcpy(&out->real, &bits, sizeof out->real);
    } else {
        half = (uint32_t)ar_pg_get_32(data);
        memcpy(&single, &half, sizeof single);
        out->real = (double)single;
    }
}

/* The two infinities are out of range, as are values that PostgreSQL never sends. */
static void decode_time(int64_t microseconds, struct ar_value *out)
{
    int64_t rest = microseconds % 1000000;

    if (microseconds < earliest || microseconds > latest) {
        out->kind = AR_VALUE_OUT_OF_RANGE;
        return;
    }
    rest += rest < 0 ? 1000000 : 0;
    out->kind = AR_VALUE_TIME;
    out->time.seconds = (microseconds - rest) / 1000000 + AR_PG_EPOCH;
    out->time.nanoseconds = (int32_t)rest * 1000;
}

/* A date outside the years 1 to 9999 is its midnight, which a time_t can hold. */
static void decode_date(int32_t days, struct ar_value *out)
{
    bool is_infinite = days == INT32_MAX || days == INT32_MIN;
    struct ar_date date;

    out->kind = is_infinite ? AR_VALUE_OUT_OF_RANGE : AR_VALUE_TIME;
    out->time = (struct ar_instant){.seconds = (int64_t)days * 86400 + AR_PG_EPOCH};
    if (!is_infinite && ar_date_of_days(days + epoch_days, &date) && ar_date_is_valid(date))
        *out = ar_value_date(date);
}

/* PostgreSQL's 24:00:00 is out of range. */
static void decode_time_of_day(int64_t microseconds, struct ar_value *out)
{
    out->kind =
        ar_time_of_day_of_microseconds(microseconds, &out->time_of_day) ? AR_VALUE_TIME_OF_DAY : AR_VALUE_OUT_OF_RANGE;
}

/* A day has 24 hours, as in PostgreSQL's own comparisons; the length of a month varies. */
static void decode_interval(const char *data, struct ar_value *out)
{
    const int64_t day = INT64_C(86400000000);
    int64_t microseconds = (int64_t)ar_pg_get_64(data), days = (int32_t)ar_pg_get_32(data + 8), rest;

    out->kind = AR_VALUE_OUT_OF_RANGE;
    if (ar_pg_get_32(data + 12) == 0 && !__builtin_mul_overflow(days, day, &rest) &&
        !__builtin_add_overflow(microseconds, rest, &microseconds))
        *out = ar_value_integer(microseconds);
}

static void decode_text(const char *data, size_t length, struct ar_value *out)
{
    out->kind = AR_VALUE_TEXT;
    out->bytes = (struct ar_bytes){data, length};
}

/* Return the size of a value of the type in bytes; 0 if it varies or the type is unknown. */
static size_t fixed_size(Oid oid)
{
    switch (oid) {
    case OID_BOOL:
        return 1;
    case OID_INT2:
        return 2;
    case OID_INT4:
    case OID_OID:
    case OID_FLOAT4:
    case OID_DATE:
        return 4;
    case OID_INT8:
    case OID_FLOAT8:
    case OID_TIME:
    case OID_TIMESTAMP:
    case OID_TIMESTAMPTZ:
        return 8;
    case OID_UUID:
    case OID_INTERVAL:
        return 16;
    default:
        return 0;
    }
}

enum { JSONB_VERSION = 1 }; /* before the text of a jsonb */

void ar_pg_decode(Oid oid, const char *data, size_t length, struct ar_value *out)
{
    size_t size = fixed_size(oid);

    out->kind = AR_VALUE_OTHER;
    out->bytes = (struct ar_bytes){data, length};
    if (size > 0 && length != size)
        return;
    switch (oid) {
    case OID_INT8:
        *out = ar_value_integer((int64_t)ar_pg_get_64(data));
        break;
    case OID_INT4:
        *out = ar_value_integer((int32_t)ar_pg_get_32(data));
        break;
    case OID_INT2:
        *out = ar_value_integer((int16_t)get(data, 2));
        break;
    case OID_BOOL:
    case OID_OID:
        *out = ar_value_integer((int64_t)get(data, length));
        break;
    case OID_FLOAT8:
    case OID_FLOAT4:
        decode_real(data, length, out);
        break;
    case OID_TIMESTAMPTZ:
    case OID_TIMESTAMP:
        decode_time((int64_t)ar_pg_get_64(data), out);
        break;
    case OID_DATE:
        decode_date((int32_t)get(data, 4), out);
        break;
    case OID_TIME:
        decode_time_of_day((int64_t)ar_pg_get_64(data), out);
        break;
    case OID_INTERVAL:
        decode_interval(data, out);
        break;
    case OID_NUMERIC:
        out->kind = AR_VALUE_DECIMAL;
        break;
    case OID_BPCHAR:
        while (length > 0 && data[length - 1] == ' ')
            length--;
        __attribute__((fallthrough));
    case OID_TEXT:
    case OID_VARCHAR:
    case OID_JSON:
        decode_text(data, length, out);
        break;
    case OID_JSONB:
        if (length > 0 && data[0] == JSONB_VERSION)
            decode_text(data + 1, length - 1, out);
        break;
    case OID_BYTEA:
    case OID_UUID:
        out->kind = AR_VALUE_BLOB;
        break;
    default:
        break;
    }
}
