/* Rows of a PostgreSQL result: one column as a value, or all columns of a model into its struct. */
#include "driver/postgresql/row.h"

#include "driver/postgresql/array.h"
#include "driver/postgresql/decode.h"
#include "driver/postgresql/type.h"

#include <string.h>

static bool read_column(const struct row *base, size_t column, struct ar_value *out)
{
    const struct pg_row *row = (const struct pg_row *)base;
    int length;

    /* The server may send fewer columns than requested. */
    if (column >= (size_t)row->column_count) {
        *out = (struct ar_value){.kind = AR_VALUE_OTHER};
        return true;
    }
    length = PQgetlength(row->result, row->number, (int)column); /* 0 for NULL */
    if (length == 0 && PQgetisnull(row->result, row->number, (int)column) == 1)
        out->kind = AR_VALUE_NULL;
    else
        ar_pg_decode(row->types[column], PQgetvalue(row->result, row->number, (int)column), (size_t)length, out);
    return true;
}

/* Return the whole seconds of a timestamp, since 1970. */
static int64_t seconds_of(int64_t microseconds)
{
    int64_t rest = microseconds % 1000000;

    return microseconds / 1000000 - (rest < 0) + AR_PG_EPOCH;
}

/* Read a column if it has the type that its field expects, as most do, and is well formed. Return false if the slow
 * path must read it. */
__attribute__((always_inline)) static inline bool read_usual(const struct field_reader *reader,
                                                             const struct ar_column *column, Oid type, const char *data,
                                                             size_t length, void *to)
{
    int64_t integer;

    if (column->type == AR_TYPE_TEXT) /* a NULL has length 0 too */
        return length > 0 && (type == OID_TEXT || type == OID_VARCHAR) && ar_field_take_text(reader, data, length, to);
    if (column->type == AR_TYPE_INT64) {
        if (type != OID_INT8 || length != sizeof integer)
            return false;
        integer = (int64_t)ar_pg_get_64(data);
        memcpy(to, &integer, sizeof integer);
        return true;
    }
    if (column->type == AR_TYPE_INT32) {
        if (type != OID_INT4 || length != sizeof(uint32_t))
            return false;
        memcpy(to, &(uint32_t){(uint32_t)ar_pg_get_32(data)}, sizeof(uint32_t));
        return true;
    }
    if (column->type == AR_TYPE_BOOL) {
        if (type != OID_BOOL || length != 1 || (unsigned char)*data > 1)
            return false;
        memcpy(to, data, sizeof(uint8_t));
        return true;
    }
    if (column->type == AR_TYPE_DOUBLE) {
        if (type != OID_FLOAT8 || length != sizeof(uint64_t))
            return false;
        memcpy(to, &(uint64_t){ar_pg_get_64(data)}, sizeof(uint64_t));
        return true;
    }
    if (column->type == AR_TYPE_TIME) {
        if (type != OID_TIMESTAMPTZ || length != sizeof integer || sizeof(time_t) != sizeof integer)
            return false;
        integer = (int64_t)ar_pg_get_64(data);
        if (integer == INT64_MIN || integer == INT64_MAX) /* infinity */
            return false;
        integer = seconds_of(integer);
        memcpy(to, &integer, sizeof integer);
        return true;
    }
    return false;
}

/* Return true if the value alone does not identify its type: bytea and uuid both are blobs, and so are integers whose
 * unit is a microsecond, a cent or 1. */
static bool is_ambiguous(const struct ar_value *value, const struct ar_column *column, Oid type)
{
    return value->kind == AR_VALUE_BLOB || type == OID_INTERVAL || column->type == AR_TYPE_INTERVAL ||
           column->type == AR_TYPE_DECIMAL;
}

static enum ar_status read_unusual(const struct field_reader *reader, const struct ar_column *column,
                                   const struct pg_row *row, size_t number, void *record)
{
    enum { FIRST_SCHEMA_TYPE = 16384 }; /* types below it are built in (access/transam.h) */
    struct ar_value any;

    (void)read_column(&row->base, number, &any);
    /* User SQL may return an enum type without a cast: its binary form is the label. */
    if (any.kind == AR_VALUE_OTHER && column->type == AR_TYPE_ENUM_TEXT && row->types[number] >= FIRST_SCHEMA_TYPE)
        any.kind = AR_VALUE_TEXT;
    if (ar_type_is_array(column->type) && any.kind != AR_VALUE_NULL)
        return ar_pg_read_array(reader, column, row->types[number], PQgetvalue(row->result, row->number, (int)number),
                                (size_t)PQgetlength(row->result, row->number, (int)number), record);
    if (any.kind != AR_VALUE_NULL && is_ambiguous(&any, column, row->types[number]) &&
        !ar_pg_has_form(column, row->types[number]))
        any.kind = AR_VALUE_OTHER;
    return ar_field_read(reader, column, &any, record);
}

static enum ar_status fail_short(const struct field_reader *reader, const struct ar_model *model)
{
    return ar_fail(reader->failure, AR_DATABASE, model, NULL, "a row of table %s has fewer columns than requested",
                   model->table);
}

/* Read one column of the result into its field. Always inlined: as a call, a row of 8 columns takes 4 % more
 * instructions. */
__attribute__((always_inline)) static inline enum ar_status read_one(const struct pg_row *row, int number,
                                                                     const struct ar_column *column,
                                                                     const struct field_reader *reader, void *record)
{
    int length = PQgetlength(row->result, row->number, number);
    void *to = (char *)record + column->offset;

    if ((column->flags & (AR_COLUMN_NULL_FLAG | AR_COLUMN_DECIMAL | AR_COLUMN_EXACT)) == 0) {
        if (read_usual(reader, column, row->types[number], PQgetvalue(row->result, row->number, number), (size_t)length,
                       to))
            return AR_OK;
        if (length == 0 && column->type == AR_TYPE_TEXT && PQgetisnull(row->result, row->number, number) == 1) {
            memcpy(to, &(const char *){NULL}, sizeof(const char *));
            return AR_OK;
        }
    }
    return read_unusual(reader, column, row, (size_t)number, record);
}

/* Not inlined, so that there is one copy of it, into which the usual types are inlined. */
__attribute__((noinline)) static enum ar_status read_from(const struct pg_row *row, int first,
                                                          const struct ar_model *model,
                                                          const struct field_reader *reader, void *record)
{
    const struct ar_column *column = model->columns;
    int end = first + model->column_count;

    if (row->column_count < end)
        return fail_short(reader, model);
    for (int i = first; i < end; i++, column++) {
        enum ar_status status = read_one(row, i, column, reader, record);
        if (status != AR_OK)
            return status;
    }
    return AR_OK;
}

static enum ar_status read_record(const struct row *base, const struct ar_model *model,
                                  const struct field_reader *reader, void *record)
{
    return read_from((const struct pg_row *)base, 0, model, reader, record);
}

static enum ar_status read_record_at(const struct row *base, size_t first, const struct ar_model *model,
                                     const struct field_reader *reader, void *record)
{
    return read_from((const struct pg_row *)base, (int)first, model, reader, record);
}

static enum ar_status read_field(const struct row *base, size_t number, const struct ar_column *column,
                                 const struct field_reader *reader, void *record)
{
    const struct pg_row *row = (const struct pg_row *)base;

    if (number >= (size_t)row->column_count)
        return fail_short(reader, column->model);
    return read_unusual(reader, column, row, number, record);
}

const struct row_methods ar_pg_row_methods = {
    .value = read_column, .read = read_record, .read_at = read_record_at, .read_field = read_field};

/* ---- Rows with a map --------------------------------------------------------------------------------------------- */

static enum ar_status read_mapped_record(const struct row *base, const struct ar_model *model,
                                         const struct field_reader *reader, void *record)
{
    const struct pg_row *row = (const struct pg_row *)base;

    for (size_t i = 0; i < model->column_count; i++) {
        enum ar_status status = read_one(row, row->map[i], &model->columns[i], reader, record);
        if (status != AR_OK)
            return status;
    }
    return AR_OK;
}

/* User SQL is only read into the structs of its model. */
const struct row_methods ar_pg_mapped_row_methods = {.read = read_mapped_record};

size_t ar_pg_row_size(const struct pg_row *row)
{
    int count = PQnfields(row->result);
    size_t size = (size_t)count * 16; /* memory per column in libpq besides its bytes */

    for (int i = 0; i < count; i++)
        size += (size_t)PQgetlength(row->result, row->number, i);
    return size;
}
