/* PostgreSQL's binary formats: encoding of values, decoding of fields. */
#ifndef AR_POSTGRESQL_VALUE_H
#define AR_POSTGRESQL_VALUE_H

#include "base/arena.h"
#include "driver/driver.h"

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

/* Maximum size of a message to the server, and therefore of all values of a statement: the server closes the connection
 * of a client that sends 1 GB. */
#define AR_PG_MESSAGE_MAX 0x3FFFFF00

/* Seconds from 1970 to 2000, the epoch of PostgreSQL. */
#define AR_PG_EPOCH INT64_C(946684800)

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

/* A parameter in the form for libpq. A string is sent in text format and without a type: the server gives it the type
 * of the column that it is compared with, so that char(n) is compared as char(n), using the index. All other values are
 * binary. */
struct pg_parameter {
    Oid oid;          /* 0: the column's type, in text format */
    const char *data; /* NULL is SQL NULL; in text format with a zero byte at the end */
    int length;
};

enum pg_encoding {
    PG_ENCODED,
    PG_OUT_OF_RANGE, /* the type has no such value */
    PG_TOO_LARGE,    /* more bytes than AR_PG_MESSAGE_MAX */
    PG_NO_MEMORY
};

/* Encode a value for this column; NULL: a plain number, as bigint. Numbers and times are allocated in the arena;
 * strings and blobs are not copied. */
enum pg_encoding ar_pg_encode(const struct ar_value *value, const struct ar_column *column, struct arena *arena,
                              struct pg_parameter *out);

/* Return true if ar_pg_append can write values of the column in the binary form of this type. */
bool ar_pg_has_form(const struct ar_column *column, Oid oid);

/* Return the maximum number of bytes that ar_pg_append writes after the length. */
size_t ar_pg_size(const struct ar_value *value, const struct ar_column *column);

/* Append a value of the column as a field or array element of this type: its length in 4 bytes, then its bytes. */
enum pg_encoding ar_pg_append(const struct ar_value *value, const struct ar_column *column, Oid oid, char **end);

/* Read an array of bigint, for which ar_pg_decode returned `array`. Return false unless it has one dimension of `count`
 * elements, none of them NULL. */
bool ar_pg_decode_integers(const struct ar_value *array, size_t count, int64_t *out);

/* Encode one column of a key set as an array; its values may be NULL. Strings have the column's type if the set has
 * column types, otherwise text. */
enum pg_encoding ar_pg_encode_keys(const struct key_set *keys, size_t column, struct arena *arena,
                                   struct pg_parameter *out);

/* Decode a field that is not NULL. `length` and the bytes come from the server and are not trusted: a field that is
 * malformed for its type is AR_VALUE_OTHER, as is a field of a type without a counterpart in C; a numeric is not parsed
 * yet. An interval is an integer, in microseconds, or AR_VALUE_OUT_OF_RANGE if it has months. The insignificant
 * trailing spaces of char(n) are removed. The value refers to the bytes of the field. */
void ar_pg_decode(Oid oid, const char *data, size_t length, struct ar_value *out);

#endif
