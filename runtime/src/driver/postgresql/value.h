/* PostgreSQL's binary formats (src/backend/utils/adt, the _send and _recv functions): all numbers big-endian, times in
 * microseconds since 2000-01-01. encode.h writes them, decode.h reads them. */
#ifndef AR_POSTGRESQL_VALUE_H
#define AR_POSTGRESQL_VALUE_H

#include <stdint.h>

typedef unsigned int Oid; /* as in libpq, which the formats do not need */

/* From src/include/catalog/pg_type.dat; they never change. */
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_OID = 26,
    OID_JSON = 114,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_DATE = 1082,
    OID_TIME = 1083,
    OID_TIMESTAMP = 1114,
    OID_TIMESTAMPTZ = 1184,
    OID_INTERVAL = 1186,
    OID_BIT = 1560,
    OID_VARBIT = 1562,
    OID_NUMERIC = 1700,
    OID_UUID = 2950,
    OID_JSONB = 3802,
    OID_BOOL_ARRAY = 1000,
    OID_TEXT_ARRAY = 1009,
    OID_INT8_ARRAY = 1016,
    OID_INT4_ARRAY = 1007,
    OID_INT2_ARRAY = 1005,
    OID_VARCHAR_ARRAY = 1015,
    OID_BPCHAR_ARRAY = 1014,
    OID_FLOAT8_ARRAY = 1022,
    OID_BYTEA_ARRAY = 1001,
    OID_DATE_ARRAY = 1182,
    OID_TIME_ARRAY = 1183,
    OID_TIMESTAMP_ARRAY = 1115,
    OID_TIMESTAMPTZ_ARRAY = 1185,
    OID_INTERVAL_ARRAY = 1187,
    OID_NUMERIC_ARRAY = 1231,
    OID_UUID_ARRAY = 2951
};

/* Seconds from 1970 to 2000, the epoch of PostgreSQL. */
#define AR_PG_EPOCH INT64_C(946684800)
#define AR_PG_EPOCH_DAYS (AR_PG_EPOCH / 86400)

/* The range of a timestamp in microseconds (src/include/datatype/timestamp.h): from 4714 BC to the end of 294276. */
#define AR_PG_TIME_MIN INT64_C(-211813488000000000)
#define AR_PG_TIME_MAX INT64_C(9223371331199999999)

enum { AR_PG_ARRAY_HEADER = 20 }; /* bytes before the elements of an array of one dimension */

/* In this form, compilers generate one instruction. */
static inline uint64_t ar_pg_get_32(const char *from)
{
    const unsigned char *bytes = (const unsigned char *)from;

    return (uint64_t)bytes[0] << 24 | (uint64_t)bytes[1] << 16 | (uint64_t)bytes[2] << 8 | bytes[3];
}

static inline uint64_t ar_pg_get_64(const char *from)
{
    return ar_pg_get_32(from) << 32 | ar_pg_get_32(from + 4);
}

static inline void ar_pg_put_32(char *to, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        to[i] = (char)(unsigned char)(number >> (24 - 8 * i));
}

static inline void ar_pg_put_64(char *to, uint64_t number)
{
    ar_pg_put_32(to, (uint32_t)(number >> 32));
    ar_pg_put_32(to + 4, (uint32_t)number);
}

#endif
