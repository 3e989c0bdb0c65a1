/* Fields as a server, possibly hostile, sends them: lengths too short and too long for every type. Each field is
 * allocated in its exact size, so AddressSanitizer detects any read beyond it. */
#include "driver/postgresql/array.h"
#include "driver/postgresql/decode.h"
#include "driver/postgresql/encode_keys.h"
#include "driver/postgresql/error.h"
#include "driver/postgresql/row.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

static struct ar_value decode(Oid oid, const void *bytes, size_t length)
{
    static char *field;
    struct ar_value value;

    free(field);
    field = length > 0 ? malloc(length) : NULL;
    if (length > 0)
        memcpy(field, bytes, length);
    ar_pg_decode(oid, field, length, &value);
    return value;
}

static void test_lengths(void **state)
{
    static const struct {
        Oid oid;
        size_t length;
    } types[] = {{OID_BOOL, 1},      {OID_INT2, 2},        {OID_INT4, 4},   {OID_OID, 4},
                 {OID_INT8, 8},      {OID_FLOAT4, 4},      {OID_FLOAT8, 8}, {OID_DATE, 4},
                 {OID_TIMESTAMP, 8}, {OID_TIMESTAMPTZ, 8}, {OID_UUID, 16}};
    static const char zeros[32];

    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        for (size_t length = 0; length <= sizeof zeros; length++) {
            struct ar_value value = decode(types[i].oid, zeros, length);
            if ((value.kind == AR_VALUE_OTHER) != (length != types[i].length))
                fail_msg("type %u of %zu bytes was decoded as kind %d", types[i].oid, length, value.kind);
        }
}

/* A day has 24 hours, a month has no length. */
static void test_intervals(void **state)
{
    static const unsigned char day[16] = {0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 1}, month[16] = {[15] = 1};
    static const unsigned char most_days[16] = {[8] = 0x7f, 255, 255, 255},
                               longest[16] = {0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 1};

    (void)state;
    assert_true(decode(OID_INTERVAL, day, 16).integer == 86400000005);
    assert_int_equal(decode(OID_INTERVAL, month, 16).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(decode(OID_INTERVAL, most_days, 16).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(decode(OID_INTERVAL, longest, 16).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(decode(OID_INTERVAL, day, 15).kind, AR_VALUE_OTHER);
}

/* Times outside PostgreSQL's own range do not overflow. */
static void test_times(void **state)
{
    static const unsigned char least[8] = {0x80, 0, 0, 0, 0, 0, 0, 1},
                               most[8] = {0x7f, 255, 255, 255, 255, 255, 255, 254};

    (void)state;
    assert_int_equal(decode(OID_TIMESTAMPTZ, least, 8).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(decode(OID_TIMESTAMP, most, 8).kind, AR_VALUE_OUT_OF_RANGE);
}

/* What the server sends is not trusted: no date or time of day that does not exist is decoded. */
static void test_dates_and_times_of_day(void **state)
{
    static const unsigned char leap_day[4] = {0, 0, 0, 59}, infinity[4] = {0x7f, 255, 255, 255},
                               minus_infinity[4] = {0x80, 0, 0, 0}, past[4] = {0x80, 0, 0, 1},
                               noon[8] = {0, 0, 0, 0x0a, 0x0e, 0xeb, 0xb0, 0},
                               day[8] = {0, 0, 0, 0x14, 0x1d, 0xd7, 0x60, 0},
                               negative[8] = {255, 255, 255, 255, 255, 255, 255, 255};
    struct ar_value value = decode(OID_DATE, leap_day, 4);

    (void)state;
    assert_int_equal(value.kind, AR_VALUE_DATE);
    assert_true(value.date.year == 2000 && value.date.month == 2 && value.date.day == 29);
    assert_int_equal(decode(OID_DATE, infinity, 4).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(decode(OID_DATE, minus_infinity, 4).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(decode(OID_DATE, past, 4).kind, AR_VALUE_TIME);
    assert_int_equal(decode(OID_DATE, leap_day, 3).kind, AR_VALUE_OTHER);
    value = decode(OID_TIME, noon, 8);
    assert_int_equal(value.kind, AR_VALUE_TIME_OF_DAY);
    assert_int_equal(value.time_of_day.hour, 12);
    assert_int_equal(decode(OID_TIME, day, 8).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(decode(OID_TIME, negative, 8).kind, AR_VALUE_OUT_OF_RANGE);
}

static void test_strings(void **state)
{
    (void)state;
    assert_int_equal(decode(OID_BPCHAR, "ab   ", 5).bytes.size, 2);
    assert_int_equal(decode(OID_BPCHAR, "     ", 5).bytes.size, 0);
    assert_int_equal(decode(OID_TEXT, "ab   ", 5).bytes.size, 5);
    assert_int_equal(decode(OID_BYTEA, "ab", 2).kind, AR_VALUE_BLOB);
    assert_int_equal(decode(3802, "\1{}", 3).kind, AR_VALUE_TEXT); /* jsonb: a version, then the text */
    assert_int_equal(decode(3802, "\1{}", 3).bytes.size, 2);
    assert_int_equal(decode(3802, "\2{}", 3).kind, AR_VALUE_OTHER);
}

/* The header of an array also comes from the server. */
static void test_arrays(void **state)
{
    enum { SIZE = 20 + 12 };
    static const unsigned char good[SIZE] = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, OID_INT8, 0, 0, 0, 1,
                                             0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0,        0, 0, 0, 7};
    static const size_t parts[] = {3, 7, 11, 23}; /* dimensions, null flag, type, length */
    int64_t integer;

    (void)state;
    struct ar_value array = decode(OID_INT8_ARRAY, good, SIZE);
    assert_true(ar_pg_decode_integers(&array, 1, &integer));
    assert_int_equal(integer, 7);
    assert_false(ar_pg_decode_integers(&array, 2, &integer));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        unsigned char bad[SIZE];
        memcpy(bad, good, SIZE);
        bad[parts[i]]++;
        array = decode(OID_INT8_ARRAY, bad, SIZE);
        assert_false(ar_pg_decode_integers(&array, 1, &integer));
    }
    array = decode(OID_INT8_ARRAY, good, 19);
    assert_false(ar_pg_decode_integers(&array, 1, &integer));
    array = decode(OID_INT8_ARRAY, good, 0);
    assert_false(ar_pg_decode_integers(&array, 0, &integer));
    decode(OID_TEXT, "", 0); /* frees the last field */
}

/* Read the bytes of an array into a field of this type. The message is copied to `message`. */
static enum ar_status read_array(enum ar_type type, Oid oid, const unsigned char *bytes, size_t size, char *message)
{
    static const struct ar_model notes = {.name = "note", .table = "notes"};
    const struct ar_column tags = {.model = &notes, .field = "tags", .name = "tags", .type = (uint8_t)type};
    struct failure failure = {.message = ""};
    struct arena text = {0};
    const struct field_reader reader = {&text, &failure};
    struct ar_texts texts;
    char *field = malloc(size + 1); /* of no bytes, it could be NULL */
    enum ar_status status;

    memcpy(field + 1, bytes, size);
    status = ar_pg_read_array(&reader, &tags, oid, field + 1, size, &texts);
    if (status == AR_OK)
        assert_int_equal(texts.count, 1);
    strcpy(message, failure.message);
    free(field);
    ar_arena_free(&text);
    return status;
}

/* Arrays that end within a part of them, or have a part that cannot be, are refused before they fill a field. */
static void test_fields_of_arrays(void **state)
{
    enum { INTEGER_SIZE = 20 + 12, TEXT_SIZE = 20 + 6, EMPTY_SIZE = 12 };
    static const unsigned char integer[INTEGER_SIZE] = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, OID_INT8, 0, 0, 0, 1,
                                                        0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0,        0, 0, 0, 7};
    static const unsigned char text[TEXT_SIZE] = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, OID_TEXT, 0,
                                                  0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 'a',      'b'};
    static const struct {
        size_t at; /* the byte that is changed */
        unsigned char to;
        const char *message;
    } changes[] = {
        {0, 1, "an array of several dimensions, but the field takes one"},
        {3, 0, "a malformed array"}, /* no dimension, but items */
        {3, 2, "an array of several dimensions, but the field takes one"},
        {11, OID_BYTEA, "a malformed array"},
        {12, 255, "a malformed array"},
        {15, 0, "a malformed array"},
        {15, 2, "a malformed array"},
        {20, 255, "a malformed array"},
        {23, 1, "a malformed array"},
        {23, 200, "a malformed array"},
    };
    unsigned char bytes[INTEGER_SIZE];
    char message[1024];

    (void)state;
    assert_int_equal(read_array(AR_TYPE_INT64S, OID_INT8_ARRAY, integer, INTEGER_SIZE, message), AR_OK);
    assert_int_equal(read_array(AR_TYPE_TEXTS, OID_TEXT_ARRAY, text, TEXT_SIZE, message), AR_OK);
    for (size_t size = 0; size < INTEGER_SIZE; size++)
        assert_int_equal(read_array(AR_TYPE_INT64S, OID_INT8_ARRAY, integer, size, message), AR_INVALID);
    for (size_t size = 0; size < TEXT_SIZE; size++)
        assert_int_equal(read_array(AR_TYPE_TEXTS, OID_TEXT_ARRAY, text, size, message), AR_INVALID);
    assert_string_equal(message, "column tags of table notes has a malformed array");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        memcpy(bytes, integer, INTEGER_SIZE);
        bytes[changes[i].at] = changes[i].to;
        assert_int_equal(read_array(AR_TYPE_INT64S, OID_INT8_ARRAY, bytes, INTEGER_SIZE, message), AR_INVALID);
        assert_string_equal(message + strlen("column tags of table notes has "), changes[i].message);
    }
    memcpy(bytes, text, TEXT_SIZE);
    bytes[TEXT_SIZE - 1] = 0; /* a C string cannot contain it */
    assert_int_equal(read_array(AR_TYPE_TEXTS, OID_TEXT_ARRAY, bytes, TEXT_SIZE, message), AR_INVALID);
    assert_int_equal(read_array(AR_TYPE_TEXTS, OID_INT8_ARRAY, integer, INTEGER_SIZE, message), AR_INVALID);
    assert_string_equal(message, "column tags of table notes has a value that is not an array of strings");
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* A boolean whose byte is neither 0 nor 1, and a row with fewer columns than the statement has, are errors. */
static void test_rows(void **state)
{
    static const Oid types[] = {OID_BOOL};
    static const struct ar_model notes = {.name = "note", .table = "notes"};
    static const struct ar_column columns[] = {
        {.model = &notes, .field = "is_new", .name = "is_new", .type = AR_TYPE_BOOL, .size = sizeof(bool)}};
    const struct ar_model model = {.name = "note", .table = "notes", .columns = columns, .column_count = 1};
    struct failure failure = {.message = ""};
    const struct field_reader reader = {NULL, &failure};
    PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    PGresAttDesc attribute = {.name = (char[]){"is_new"}, .format = 1, .typid = OID_BOOL, .typlen = 1};
    const struct pg_row row = {.base = {&ar_pg_row_methods}, .result = result, .types = types, .column_count = 1};
    struct ar_value value;
    bool is_new = false;

    (void)state;
    assert_int_equal(PQsetResultAttrs(result, 1, &attribute), 1);
    assert_int_equal(PQsetvalue(result, 0, 0, (char[]){1}, 1), 1);
    assert_int_equal(row.base.methods->read(&row.base, &model, &reader, &is_new), AR_OK);
    assert_true(is_new);
    assert_true(row.base.methods->value(&row.base, 1, &value));
    assert_int_equal(value.kind, AR_VALUE_OTHER);
    assert_int_equal(row.base.methods->read_field(&row.base, 1, &columns[0], &reader, &is_new), AR_DATABASE);
    assert_string_equal(failure.message, "a row of table notes has fewer columns than requested");
    PQclear(result);
}

/* Strings whose total is too large for one message are refused before they are sent. */
static void test_large_arrays_of_strings(void **state)
{
    enum { SIZE = 4 << 20, COUNT = 260 };
    static const struct ar_column column = {.type = AR_TYPE_TEXT}, *const columns = &column;
    static struct ar_value texts[COUNT];
    struct key_set keys = {.column_count = 1, .values = texts, .columns = &columns, .has_column_types = true};
    struct arena arena = {0};
    struct pg_parameter parameter;
    char *text = malloc(SIZE);

    (void)state;
    memset(text, '"', SIZE);
    for (size_t i = 0; i < COUNT; i++)
        texts[i] = ar_value_bytes(AR_VALUE_TEXT, text, SIZE);
    keys.count = COUNT;
    assert_int_equal(ar_pg_encode_keys(&keys, 0, &arena, &parameter), PG_TOO_LARGE);
    keys.count = 2;
    assert_int_equal(ar_pg_encode_keys(&keys, 0, &arena, &parameter), PG_ENCODED);
    assert_int_equal(parameter.length, 2 * (2 * SIZE + 2) + 3);
    assert_int_equal(strlen(parameter.data), parameter.length);
    ar_arena_free(&arena);
    free(text);
}

/* Values outside PostgreSQL's types, and those that no column can store. */
static void test_refused_values(void **state)
{
    static const struct ar_column time = {.type = AR_TYPE_TIMESPEC}, text = {.type = AR_TYPE_TEXT},
                                  blob = {.type = AR_TYPE_BLOB};
    static const struct {
        const struct ar_column *column;
        struct ar_value value;
        enum pg_encoding expected;
    } cases[] = {
        {&time, {.kind = AR_VALUE_TIME, .time = {INT64_MIN, 0}}, PG_OUT_OF_RANGE},
        {&time, {.kind = AR_VALUE_TIME, .time = {INT64_MAX, 0}}, PG_OUT_OF_RANGE},
        {&time, {.kind = AR_VALUE_TIME, .time = {AR_PG_EPOCH + INT64_MAX / 1000000, 999999000}}, PG_OUT_OF_RANGE},
        {&time, {.kind = AR_VALUE_TIME, .time = {AR_PG_EPOCH - 9000000000000, 0}}, PG_OUT_OF_RANGE},
        {&time, {.kind = AR_VALUE_TIME, .time = {AR_PG_EPOCH + 9223371331200, 0}}, PG_OUT_OF_RANGE},
        {&time, {.kind = AR_VALUE_TIME, .time = {AR_PG_EPOCH, 1}}, PG_OUT_OF_RANGE},
        {&time, {.kind = AR_VALUE_TIME, .time = {AR_PG_EPOCH, 1000}}, PG_ENCODED},
        {&text, {.kind = AR_VALUE_OUT_OF_RANGE}, PG_OUT_OF_RANGE},
        {&text, {.kind = AR_VALUE_OTHER}, PG_OUT_OF_RANGE},
        {&text, {.kind = AR_VALUE_NULL}, PG_ENCODED},
        {&blob, {.kind = AR_VALUE_BLOB, .bytes = {"", AR_PG_MESSAGE_MAX + 1}}, PG_TOO_LARGE},
    };
    struct arena arena = {0};
    struct pg_parameter parameter;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(ar_pg_encode(&cases[i].value, cases[i].column, &arena, &parameter), cases[i].expected);
    ar_arena_free(&arena);
}

/* The same values among keys. */
static void test_refused_keys(void **state)
{
    static const struct ar_column text = {.type = AR_TYPE_TEXT}, blob = {.type = AR_TYPE_BLOB};
    static const struct ar_value refused = {.kind = AR_VALUE_OUT_OF_RANGE},
                                 large = {.kind = AR_VALUE_BLOB, .bytes = {"", AR_PG_MESSAGE_MAX}};
    const struct ar_column *column = &text;
    struct key_set keys = {
        .column_count = 1, .count = 1, .values = &refused, .columns = &column, .has_column_types = true};
    struct arena arena = {0};
    struct pg_parameter parameter;

    (void)state;
    assert_int_equal(ar_pg_encode_keys(&keys, 0, &arena, &parameter), PG_OUT_OF_RANGE);
    column = &blob;
    assert_int_equal(ar_pg_encode_keys(&keys, 0, &arena, &parameter), PG_OUT_OF_RANGE);
    keys.values = &large;
    assert_int_equal(ar_pg_encode_keys(&keys, 0, &arena, &parameter), PG_TOO_LARGE);
    ar_arena_free(&arena);
}

/* Messages of libpq have lines; those of Armature do not. */
static void test_messages(void **state)
{
    char message[12];

    (void)state;
    ar_pg_copy_message("\n\ta \n\tb\n \n", message, sizeof message);
    assert_string_equal(message, "a b");
    ar_pg_copy_message("0123456789\303\244", message, sizeof message); /* no half of a character */
    assert_string_equal(message, "0123456789");
    ar_pg_copy_message("", message, sizeof message);
    assert_string_equal(message, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lengths),
                                       cmocka_unit_test(test_intervals),
                                       cmocka_unit_test(test_times),
                                       cmocka_unit_test(test_dates_and_times_of_day),
                                       cmocka_unit_test(test_strings),
                                       cmocka_unit_test(test_arrays),
                                       cmocka_unit_test(test_fields_of_arrays),
                                       cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_large_arrays_of_strings),
                                       cmocka_unit_test(test_refused_values),
                                       cmocka_unit_test(test_refused_keys),
                                       cmocka_unit_test(test_messages)};

    return cmocka_run_group_tests_name("postgresql_value", tests, NULL, NULL);
}
