/* The types in which PostgreSQL exchanges the values of fields. */
#include "driver/postgresql/type.h"

#include "model/type_info.h"

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

struct pg_type ar_pg_type_of(const struct ar_column *column)
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

bool ar_pg_has_form(const struct ar_column *column, Oid oid)
{
    const struct pg_type types = ar_pg_type_of(column);

    return oid != 0 && (oid == types.oid || oid == types.others[0] || oid == types.others[1]);
}
