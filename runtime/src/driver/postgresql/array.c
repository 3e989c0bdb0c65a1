/* Arrays of PostgreSQL in their binary form (src/backend/utils/adt/arrayfuncs.c, array_send): the number of dimensions,
 * a flag, the type of the items; then for each dimension its size and the number of its first item; then the items,
 * each after its length, which is -1 for NULL. */
#include "driver/postgresql/array.h"

#include "driver/postgresql/decode.h"
#include "model/array.h"

#include <string.h>

enum { HEADER = 12, DIMENSION = 8, LENGTH = 4 };

/* An array that is being read. */
struct reading {
    const struct field_reader *reader;
    const struct ar_column *column;
    Oid item; /* the type of the items */
    const char *at, *end;
    size_t count;
};

static enum ar_status refuse(const struct reading *reading, const char *what)
{
    const struct ar_column *column = reading->column;

    return ar_fail(reading->reader->failure, AR_INVALID, column->model, column, "column %s of table %s has %s",
                   column->name, column->model->table, what);
}

static enum ar_status fail_malformed(const struct reading *reading)
{
    return refuse(reading, "a malformed array");
}

/* Return the type of the items of an array that the field can hold; 0 if it cannot. */
static Oid item_of(enum ar_type type, Oid array)
{
    static const struct {
        enum ar_type type;
        Oid array, item;
    } arrays[] = {
        {AR_TYPE_INT64S, OID_INT8_ARRAY, OID_INT8},      {AR_TYPE_INT64S, OID_INT4_ARRAY, OID_INT4},
        {AR_TYPE_INT64S, OID_INT2_ARRAY, OID_INT2},      {AR_TYPE_TEXTS, OID_TEXT_ARRAY, OID_TEXT},
        {AR_TYPE_TEXTS, OID_VARCHAR_ARRAY, OID_VARCHAR}, {AR_TYPE_TEXTS, OID_BPCHAR_ARRAY, OID_BPCHAR},
    };

    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (arrays[i].type == type && arrays[i].array == array)
            return arrays[i].item;
    return 0;
}

bool ar_pg_reads_array(const struct ar_column *column, Oid array)
{
    return item_of(column->type, array) != 0;
}

/* Read everything before the items. An empty array has no dimension. */
static enum ar_status read_header(struct reading *reading)
{
    size_t size = (size_t)(reading->end - reading->at);
    uint64_t dimensions = size >= HEADER ? ar_pg_get_32(reading->at) : UINT64_MAX;

    if (size < HEADER || ar_pg_get_32(reading->at + 8) != reading->item)
        return fail_malformed(reading);
    if (dimensions > 1)
        return refuse(reading, "an array of several dimensions, but the field takes one");
    reading->at += HEADER;
    if (dimensions == 0)
        return reading->at == reading->end ? AR_OK : fail_malformed(reading);
    if (size < HEADER + DIMENSION)
        return fail_malformed(reading);
    reading->count = (size_t)ar_pg_get_32(reading->at);
    reading->at += DIMENSION;
    /* Each item has at least its length, so that the memory for the items is limited by what was received. */
    return reading->count <= (size - HEADER - DIMENSION) / LENGTH ? AR_OK : fail_malformed(reading);
}

/* Read the next item. */
static enum ar_status read_item(struct reading *reading, struct ar_value *out)
{
    uint32_t length;

    if (reading->end - reading->at < LENGTH)
        return fail_malformed(reading);
    length = (uint32_t)ar_pg_get_32(reading->at);
    reading->at += LENGTH;
    if (length == UINT32_MAX)
        return refuse(reading, "an array with NULL among its items, which the field cannot hold");
    if (length > (size_t)(reading->end - reading->at))
        return fail_malformed(reading);
    ar_pg_decode(reading->item, reading->at, length, out);
    reading->at += length;
    return AR_OK;
}

static enum ar_status read_integers(struct reading *reading, int64_t *items)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < reading->count && status == AR_OK; i++) {
        struct ar_value value = ar_value_null();
        status = read_item(reading, &value);
        if (status == AR_OK && value.kind != AR_VALUE_INTEGER)
            return fail_malformed(reading);
        if (status == AR_OK)
            items[i] = value.integer;
    }
    return status;
}

static enum ar_status read_texts(struct reading *reading, const char **items)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < reading->count && status == AR_OK; i++) {
        struct ar_value value = ar_value_null();
        status = read_item(reading, &value);
        if (status != AR_OK)
            return status;
        if (value.kind != AR_VALUE_TEXT || memchr(value.bytes.data, '\0', value.bytes.size) != NULL)
            return fail_malformed(reading);
        items[i] = ar_arena_copy_text(reading->reader->text, value.bytes.data, value.bytes.size);
        if (items[i] == NULL)
            return ar_fail_no_memory(reading->reader->failure);
    }
    return status;
}

enum ar_status ar_pg_read_array(const struct field_reader *reader, const struct ar_column *column, Oid oid,
                                const char *data, size_t length, void *record)
{
    struct reading reading = {reader, column, item_of(column->type, oid), data, data + length, 0};
    size_t item_size = column->type == AR_TYPE_INT64S ? sizeof(int64_t) : sizeof(char *);
    struct ar_value value;
    enum ar_status status;
    void *items;

    if (reading.item == 0)
        return refuse(&reading, column->type == AR_TYPE_INT64S ? "a value that is not an array of integers"
                                                               : "a value that is not an array of strings");
    status = read_header(&reading);
    if (status != AR_OK)
        return status;
    items = ar_arena_allocate_aligned(reader->text, reading.count * item_size, AR_ARRAY_ALIGNMENT);
    if (items == NULL)
        return ar_fail_no_memory(reader->failure);
    status = column->type == AR_TYPE_INT64S ? read_integers(&reading, items) : read_texts(&reading, items);
    if (status == AR_OK && reading.at != reading.end)
        status = fail_malformed(&reading);
    value = ar_value_bytes(AR_VALUE_ARRAY, items, reading.count);
    if (status == AR_OK)
        ar_array_set(column->type, &value, (char *)record + column->offset);
    return status;
}
