/* Decode one field of any type, and read it into a field of each C type. The first byte of the input selects the type.
 * The rest is the field, in a separate allocation so that AddressSanitizer detects a read beyond it. */
#include "base/arena.h"
#include "driver/postgresql/value.h"
#include "model/field.h"

#include <armature/annotations.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const Oid types[] = {
    OID_BOOL,        OID_BYTEA,   OID_INT8,   OID_INT2,       OID_INT4,    OID_TEXT,
    OID_OID,         OID_FLOAT4,  OID_FLOAT8, OID_DATE,       OID_VARCHAR, OID_TIMESTAMP,
    OID_TIMESTAMPTZ, OID_NUMERIC, OID_UUID,   OID_INT8_ARRAY, OID_BPCHAR,  3802,
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
};

static void check(int is_true, const char *what)
{
    if (is_true)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
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
    free(field);
    return 0;
}
