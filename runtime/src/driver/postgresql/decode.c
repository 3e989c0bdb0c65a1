/* Decoding of fields. The server is not trusted: every length is checked. */
#include "driver/postgresql/decode.h"

#include "base/calendar.h"

#include <string.h>

static uint64_t get(const char *from, size_t size)
{
    uint64_t number = 0;

    for (size_t i = 0; i < size; i++)
        number = number << 8 | (unsigned char)from[i];
    return number;
}

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

    if (microseconds < AR_PG_TIME_MIN || microseconds > AR_PG_TIME_MAX) {
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
    if (!is_infinite && ar_date_of_days(days + AR_PG_EPOCH_DAYS, &date) && ar_date_is_valid(date))
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

bool ar_pg_decode_integers(const struct ar_value *array, size_t count, int64_t *out)
{
    enum { ELEMENT = 12 };
    const char *data, *element;

    if (array->kind != AR_VALUE_OTHER || array->bytes.size != AR_PG_ARRAY_HEADER + count * ELEMENT)
        return false;
    data = array->bytes.data;
    if (ar_pg_get_32(data) != 1 || ar_pg_get_32(data + 4) != 0 || ar_pg_get_32(data + 8) != OID_INT8)
        return false;
    for (element = data + AR_PG_ARRAY_HEADER; count > 0; count--, element += ELEMENT) {
        if (ar_pg_get_32(element) != sizeof *out)
            return false;
        *out++ = (int64_t)ar_pg_get_64(element + 4);
    }
    return true;
}
