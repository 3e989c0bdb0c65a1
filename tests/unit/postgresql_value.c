/* Fields as a server, possibly hostile, sends them: lengths too short and too long for every type. Each field is
 * allocated in its exact size, so AddressSanitizer detects any read beyond it. */
#include "driver/postgresql/decode.h"
#include "driver/postgresql/encode_keys.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lengths),
                                       cmocka_unit_test(test_intervals),
                                       cmocka_unit_test(test_times),
                                       cmocka_unit_test(test_dates_and_times_of_day),
                                       cmocka_unit_test(test_strings),
                                       cmocka_unit_test(test_arrays),
                                       cmocka_unit_test(test_large_arrays_of_strings)};

    return cmocka_run_group_tests_name("postgresql_value", tests, NULL, NULL);
}
