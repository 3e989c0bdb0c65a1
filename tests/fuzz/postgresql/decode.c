/* Decode one field of any type, and read it into a field of each C type. The first byte of the input selects the type.
 * The rest is the field, in a separate allocation so that AddressSanitizer detects a read beyond it. */
#include "driver/postgresql/decode.h"
#include "base/arena.h"
#include "driver/postgresql/array.h"
#include "model/field.h"

#include <armature/annotations.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const Oid types[] = {
    OID_BOOL,        OID_BYTEA,      OID_INT8,       OID_INT2,          OID_INT4,         OID_TEXT,
    OID_OID,         OID_FLOAT4,     OID_FLOAT8,     OID_DATE,          OID_VARCHAR,      OID_TIMESTAMP,
    OID_TIMESTAMPTZ, OID_NUMERIC,    OID_UUID,       OID_INT8_ARRAY,    OID_BPCHAR,       3802,
    OID_INT4_ARRAY,  OID_INT2_ARRAY, OID_TEXT_ARRAY, OID_VARCHAR_ARRAY, OID_BPCHAR_ARRAY,
};

static const struct ar_enum_name names[] = {{"a", 1}, {"b", 2}, {NULL, 0}};
static const struct ar_model model = {.name = "field", .table = "fields", .sql = "fields"};

static const struct {
    uint8_t type; /* enum ar_type */
    uint16_t size;
} fields[] = {
    {AR_TYPE_BOOL, 1},
    {AR_TYPE_INT8, 1},
    {AR_TYPE_INT16, 2},
    {AR_TYPE_INT32, 4},
    {AR_TYPE_INT64, 8},
    {AR_TYPE_UINT8, 1},
    {AR_TYPE_UINT16, 2},
    {AR_TYPE_UINT32, 4},
    {AR_TYPE_UINT64, 8},
    {AR_TYPE_FLOAT, 4},
    {AR_TYPE_DOUBLE, 8},
    {AR_TYPE_TEXT, sizeof(char *)},
    {AR_TYPE_CHARS, 9},
    {AR_TYPE_BLOB, sizeof(struct ar_blob)},
    {AR_TYPE_UUID, 16},
    {AR_TYPE_TIME, sizeof(time_t)},
    {AR_TYPE_ENUM_TEXT, 4},
    {AR_TYPE_TIMESPEC, sizeof(struct timespec)},
    {AR_TYPE_BYTES, 5},
    {AR_TYPE_DATE, sizeof(struct ar_date)},
    {AR_TYPE_TIME_OF_DAY, sizeof(struct ar_time_of_day)},
    {AR_TYPE_UUID_TEXT, 16},
    {AR_TYPE_INT64S, sizeof(struct ar_int64s)},
    {AR_TYPE_TEXTS, sizeof(struct ar_texts)},
};

static void check(int is_true, const char *what)
{
    if (is_true)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

/* Read the whole array, so that AddressSanitizer detects an item outside of its memory. */
static void read_items(const struct ar_column *column, const void *field)
{
    struct ar_int64s integers;
    struct ar_texts texts;
    size_t size = 0;

    memcpy(&integers, field, sizeof integers);
    memcpy(&texts, field, sizeof texts);
    for (size_t i = 0; column->type == AR_TYPE_INT64S && i < integers.count; i++)
        size += (size_t)integers.items[i];
    for (size_t i = 0; column->type == AR_TYPE_TEXTS && i < texts.count; i++)
        size += strlen(texts.items[i]);
    check(size != 1234567890, "this sum is only read");
}

/* Read an array as a row of the server does, whatever its type. */
static void read_arrays(Oid type, const char *data, size_t size)
{
    static const enum ar_type arrays[] = {AR_TYPE_INT64S, AR_TYPE_TEXTS};
    struct arena text = {0};
    struct failure failure;
    const struct field_reader reader = {.text = &text, .failure = &failure};

    for (size_t i = 0; i < 2; i++) {
        const struct ar_column column = {
            .model = &model, .field = "it", .name = "it", .type = (uint8_t)arrays[i], .size = sizeof(struct ar_texts)};
        struct ar_texts field;
        enum ar_status status = ar_pg_read_array(&reader, &column, type, data, size, &field);
        check(status == AR_OK || (status == AR_INVALID && failure.message[0] != '\0'), "neither read nor refused");
        if (status == AR_OK)
            read_items(&column, &field);
    }
    ar_arena_free(&text);
}

static void read_fields(const struct ar_value *value)
{
    struct arena text = {0};
    struct failure failure;
    const struct field_reader reader = {.text = &text, .failure = &failure};

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const struct ar_column column = {.model = &model,
                                         .field = "it",
                                         .name = "it",
                                         .type = fields[i].type,
                                         .size = fields[i].size,
                                         .names = names};
        void *record = malloc(column.size);
        enum ar_status status;
        check(record != NULL, "out of memory");
        status = ar_field_read(&reader, &column, value, record);
        check(status == AR_OK || (status == AR_INVALID && failure.message[0] != '\0'), "neither read nor refused");
        check(status != AR_OK || value->kind != AR_VALUE_OTHER, "a value of unknown type was read");
        if (status == AR_OK && ar_type_is_array(column.type))
            read_items(&column, record);
        free(record);
    }
    ar_arena_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ar_value value;
    int64_t integers[4];
    char *field;

    if (size == 0)
        return 0;
    field = malloc(size - 1);
    check(field != NULL, "out of memory");
    memcpy(field, data + 1, size - 1);
    ar_pg_decode(types[data[0] % (sizeof types / sizeof types[0])], field, size - 1, &value);
    if (value.kind == AR_VALUE_TIME)
        check(value.time.nanoseconds >= 0 && value.time.nanoseconds < 1000000000, "nanoseconds out of range");
    for (size_t count = 0; count < 4; count++)
        (void)ar_pg_decode_integers(&value, count, integers);
    read_fields(&value);
    read_arrays(types[data[0] % (sizeof types / sizeof types[0])], field, size - 1);
    free(field);
    return 0;
}
