/* The table of field types: every type has its conversions, and values survive a round trip through a field. */
#include "model/type_info.h"
#include "model/array.h"
#include "model/decimal.h"
#include "model/describe.h"
#include "model/field.h"

#include "unit.h"

#include <armature/annotations.h>
#include <string.h>

static const struct ar_enum_name names[] = {{"RED", 1}, {"GREEN", 2}, {NULL, 0}};
static const struct ar_model model = {.name = "thing", .table = "things"};

/* Memory for a field of any type. */
union field {
    char bytes[32];
    int64_t integer;
    struct ar_blob blob;
    struct timespec time;
};

static struct ar_column column_of(enum ar_type type, uint32_t size)
{
    return (struct ar_column){
        .model = &model, .field = "x", .name = "x", .sql = "x", .size = size, .type = (uint8_t)type, .names = names};
}

static void test_every_type_is_complete(void **state)
{
    (void)state;
    for (size_t type = 0; type < AR_TYPE_COUNT; type++) {
        assert_non_null(ar_type_info[type].value);
        assert_non_null(ar_type_info[type].read);
        bool compares = ar_type_info[type].same != NULL || ar_type_info[type].equal != NULL;
        assert_int_equal(ar_type_info[type].own != NULL, compares);
        if (ar_type_is_integer((enum ar_type)type))
            assert_true(ar_type_info[type].maximum > 0);
    }
}

static struct arena arena;
static struct failure failure;

static int free_arena(void **state)
{
    (void)state;
    ar_arena_free(&arena);
    return 0;
}

static enum ar_status read_value(const struct ar_column *column, struct ar_value value, union field *field)
{
    const struct field_reader reader = {.text = &arena, .failure = &failure};

    return ar_field_read(&reader, column, &value, field);
}

static void test_integers_at_their_limits(void **state)
{
    static const struct {
        enum ar_type type;
        uint32_t size;
    } types[] = {{AR_TYPE_BOOL, 1},  {AR_TYPE_INT8, 1},   {AR_TYPE_INT16, 2},  {AR_TYPE_INT32, 4}, {AR_TYPE_INT64, 8},
                 {AR_TYPE_UINT8, 1}, {AR_TYPE_UINT16, 2}, {AR_TYPE_UINT32, 4}, {AR_TYPE_UINT64, 8}};

    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const struct ar_column column = column_of(types[i].type, types[i].size);
        const struct type_info *info = ar_type_info_of(&column);
        const int64_t limits[] = {info->minimum, info->maximum};
        union field field = {{0}};
        for (size_t k = 0; k < 2; k++) {
            assert_int_equal(read_value(&column, ar_value_integer(limits[k]), &field), AR_OK);
            assert_int_equal(ar_field_value(&column, &field).integer, limits[k]);
        }
        if (info->maximum < INT64_MAX)
            assert_int_equal(read_value(&column, ar_value_integer(info->maximum + 1), &field), AR_INVALID);
        if (info->minimum > INT64_MIN)
            assert_int_equal(read_value(&column, ar_value_integer(info->minimum - 1), &field), AR_INVALID);
        assert_int_equal(read_value(&column, ar_value_text("7"), &field), AR_INVALID);
    }
}

/* A NULL pointer represents NULL; any other field must be declared nullable. */
static void test_null(void **state)
{
    (void)state;
    for (int type = 0; type < AR_TYPE_COUNT; type++) {
        struct ar_column column = column_of((enum ar_type)type, 16);
        bool is_pointer = type == AR_TYPE_TEXT || type == AR_TYPE_BLOB || ar_type_is_array((enum ar_type)type);
        union field field = {"not zero"};
        assert_int_equal(read_value(&column, ar_value_null(), &field), is_pointer ? AR_OK : AR_INVALID);
        column.flags = AR_COLUMN_NULLABLE;
        assert_int_equal(read_value(&column, ar_value_null(), &field), AR_OK);
        assert_int_equal(ar_field_value(&column, &field).kind, AR_VALUE_NULL);
    }
}

static void test_equal_strings_in_different_memory(void **state)
{
    const struct ar_column text = column_of(AR_TYPE_TEXT, sizeof(const char *));
    const struct ar_column chars = column_of(AR_TYPE_CHARS, 8);
    char one[] = "Ann", other[] = "Ann";
    const char *left = one, *right = other;

    (void)state;
    assert_true(ar_field_equal(&text, &left, &right));
    assert_false(ar_field_identical(&text, &left, &right));
    assert_true(ar_field_equal(&chars, "Ann\0xxx", "Ann\0yyy"));
    other[0] = 'B';
    assert_false(ar_field_equal(&text, &left, &right));
    assert_true(ar_field_compare(&text, &left, &right) < 0);
}

static void test_contents_without_a_value(void **state)
{
    const struct ar_column constant = column_of(AR_TYPE_ENUM_TEXT, 4), chars = column_of(AR_TYPE_CHARS, 4);
    const struct ar_column time = column_of(AR_TYPE_TIMESPEC, sizeof(struct timespec));
    const struct ar_column number = column_of(AR_TYPE_UINT64, 8);
    const uint64_t large = UINT64_MAX;

    (void)state;
    assert_int_equal(ar_field_value(&constant, &(int32_t){9}).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(ar_field_value(&chars, "abcd").kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(ar_field_value(&time, &(struct timespec){0, 1000000000}).kind, AR_VALUE_OUT_OF_RANGE);
    assert_int_equal(ar_field_value(&number, &large).kind, AR_VALUE_OUT_OF_RANGE);
}

static void assert_refused(const struct ar_column *column, struct ar_value value, const char *reason)
{
    union field field = {"unchanged"};

    assert_int_equal(read_value(column, value, &field), AR_INVALID);
    assert_non_null(strstr(failure.message, reason));
    assert_string_equal(field.bytes, "unchanged");
}

/* A numeric of PostgreSQL in a field of another type: user SQL may return one. */
static void test_decimals_in_other_fields(void **state)
{
    static const unsigned char broken[] = {0, 1, 0, 0, 0, 0, 0, 0, 0x27, 0x10}, nan[] = {0, 0, 0, 0, 0xC0, 0, 0, 0};
    char one_and_a_half[AR_DECIMAL_SIZE_MAX], one[AR_DECIMAL_SIZE_MAX], large[AR_DECIMAL_SIZE_MAX];
    const struct ar_value inexact =
        ar_value_bytes(AR_VALUE_DECIMAL, one_and_a_half, ar_decimal_put_integer(15, 1, one_and_a_half));
    const struct ar_value exact = ar_value_bytes(AR_VALUE_DECIMAL, one, ar_decimal_put_integer(1, 0, one));
    const struct ar_value negative = ar_value_bytes(AR_VALUE_DECIMAL, large, ar_decimal_put_integer(-1000, 2, large));
    const struct ar_value zero = ar_value_bytes(AR_VALUE_DECIMAL, "\0\0\0\0\0\0\0\0", 8);
    const struct ar_value not_a_number = ar_value_bytes(AR_VALUE_DECIMAL, nan, sizeof nan);
    const struct ar_value wrong = ar_value_bytes(AR_VALUE_DECIMAL, broken, sizeof broken);
    const struct ar_column integer = column_of(AR_TYPE_INT32, 4), boolean = column_of(AR_TYPE_BOOL, 1);
    const struct ar_column text = column_of(AR_TYPE_TEXT, sizeof(char *)), real = column_of(AR_TYPE_DOUBLE, 8);
    struct ar_column decimal = column_of(AR_TYPE_DECIMAL, 4), number = text;
    union field field;

    (void)state;
    decimal.precision = number.precision = 3;
    decimal.scale = number.scale = 2;
    assert_int_equal(read_value(&integer, exact, &field), AR_OK);
    assert_int_equal(ar_field_value(&integer, &field).integer, 1);
    assert_refused(&integer, inexact, "has 1.5, which an integer cannot hold exactly");
    assert_refused(&integer, wrong, "column x of table things has");
    assert_refused(&integer, not_a_number, "column x of table things has");
    assert_refused(&boolean, inexact, "column x of table things has");
    assert_refused(&text, exact, "has a value that is not a string");
    assert_refused(&real, ar_value_text("1"), "has a value that is not a number");
    assert_int_equal(read_value(&decimal, inexact, &field), AR_OK);
    assert_int_equal(ar_field_value(&decimal, &field).integer, 150);
    assert_refused(&decimal, negative, "has -10.00, but AR_DECIMAL(3, 2) takes at most 1 digits before the point");
    assert_refused(&decimal, ar_value_integer(-1000), "has -10.00, but");
    assert_refused(&decimal, wrong, "not a decimal number");
    number.flags = AR_COLUMN_DECIMAL;
    assert_int_equal(read_value(&number, inexact, &field), AR_OK);
    assert_string_equal(ar_field_value(&number, &field).bytes.data, "1.50");
    assert_int_equal(read_value(&number, zero, &field), AR_OK);
    assert_string_equal(ar_field_value(&number, &field).bytes.data, "0.00");
    assert_refused(&number, not_a_number, "has \"NaN\", which is not a number with 2 digits after the point");
}

/* Only the form of a time of day that it is written in is a key. */
static void test_times_of_day(void **state)
{
    struct ar_column column = column_of(AR_TYPE_TIME_OF_DAY, sizeof(struct ar_time_of_day));
    /* Static, so that the padding, which is compared too, has a value. */
    static const struct ar_time_of_day noon = {.hour = 12, .minute = 5, .second = 6, .microsecond = 7};
    static const struct ar_time_of_day others[] = {{11, 5, 6, 7}, {12, 4, 6, 7}, {12, 5, 5, 7}, {12, 5, 6, 6}};
    struct ar_time_of_day same;
    union field field;

    (void)state;
    memset(&same, 0xFF, sizeof same); /* the padding differs */
    same.hour = 12, same.minute = 5, same.second = 6, same.microsecond = 7;
    assert_true(ar_field_equal(&column, &noon, &same));
    for (size_t i = 0; i < 4; i++)
        assert_false(ar_field_equal(&column, &noon, &others[i]));
    assert_int_equal(read_value(&column, ar_value_text("12:05"), &field), AR_OK);
    column.flags = AR_COLUMN_EXACT;
    assert_int_equal(read_value(&column, ar_value_text("12:05:06.000007"), &field), AR_OK);
    assert_true(ar_field_equal(&column, &noon, &field));
    assert_refused(&column, ar_value_text("12:05"), "other than HH:MM:SS");
    assert_refused(&column, ar_value_text("noon"), "not a time of day");
    assert_refused(&column, ar_value_integer(12), "not a time of day");
}

/* A blob of no bytes is not NULL. */
static void test_equal_blobs(void **state)
{
    const struct ar_column column = column_of(AR_TYPE_BLOB, sizeof(struct ar_blob));
    const struct ar_blob null = {NULL, 0}, empty = {"", 0}, one = {"a", 1}, same = {"ab", 1}, two = {"ab", 2};

    (void)state;
    assert_true(ar_field_equal(&column, &one, &same));
    assert_false(ar_field_equal(&column, &one, &two));
    assert_false(ar_field_equal(&column, &one, &(struct ar_blob){"b", 1}));
    assert_false(ar_field_equal(&column, &null, &empty));
    assert_false(ar_field_equal(&column, &empty, &null));
    assert_true(ar_field_identical(&column, &null, &(struct ar_blob){NULL, 5})); /* the size of NULL */
    assert_false(ar_field_identical(&column, &two, &(struct ar_blob){two.data, 1}));
}

/* Arrays of strings are equal if all strings are; one that is NULL equals none. */
static void test_equal_arrays(void **state)
{
    const struct ar_column column = column_of(AR_TYPE_TEXTS, sizeof(struct ar_texts));
    char b[] = "b";
    const char *one[] = {"a", "b"}, *same[] = {"a", b}, *other[] = {"a", "c"}, *null[] = {"a", NULL};
    const struct ar_texts texts = {one, 2}, none = {NULL, 0};

    (void)state;
    assert_true(ar_field_equal(&column, &texts, &(struct ar_texts){same, 2}));
    assert_false(ar_field_equal(&column, &texts, &(struct ar_texts){same, 1}));
    assert_false(ar_field_equal(&column, &texts, &(struct ar_texts){other, 2}));
    assert_false(ar_field_equal(&column, &texts, &(struct ar_texts){null, 2}));
    assert_false(ar_field_equal(&column, &(struct ar_texts){null, 2}, &texts));
    assert_false(ar_field_equal(&column, &texts, &none));
    assert_false(ar_field_equal(&column, &none, &texts));
    assert_true(ar_field_equal(&column, &none, &(struct ar_texts){NULL, 2}));
}

static enum array_reading read_array(enum ar_type type, const char *json, size_t size)
{
    struct ar_texts field;

    return ar_array_read_json(type, json, size, &arena, &field);
}

/* JSON that ends or goes wrong at any byte is refused, a zero byte included. */
static void test_wrong_arrays(void **state)
{
    static const char text[] = "[\"a\\u00e9\\ud83d\\ude00\\n\", \"\"]", numbers[] = " [-9223372036854775808 ,\t0]";
    static const char *const wrong[] = {"[\"\\u00G0\"]",
                                        "[\"\\ud83d\\u0041\"]",
                                        "[\"\\ud83dx\"]",
                                        "[\"\\ud83d\\n\"]",
                                        "[\"\\ude00\"]",
                                        "[\"\\u0000\"]",
                                        "[\"\\x\"]",
                                        "[\"\x01\"]",
                                        "[\"\\ud83d\\uffff\"]",
                                        "[\"a\"] x",
                                        "[\"a\" x]",
                                        "[a]"};
    char copy[sizeof text];

    (void)state;
    assert_int_equal(read_array(AR_TYPE_TEXTS, text, sizeof text - 1), ARRAY_READ);
    assert_int_equal(read_array(AR_TYPE_INT64S, numbers, sizeof numbers - 1), ARRAY_READ);
    for (size_t i = 0; i < sizeof text - 1; i++) {
        assert_int_equal(read_array(AR_TYPE_TEXTS, text, i), ARRAY_WRONG);
        memcpy(copy, text, sizeof text);
        copy[i] = '\0';
        assert_int_equal(read_array(AR_TYPE_TEXTS, copy, sizeof text - 1), ARRAY_WRONG);
    }
    for (size_t i = 0; i < sizeof numbers - 1; i++)
        assert_int_equal(read_array(AR_TYPE_INT64S, numbers, i), ARRAY_WRONG);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (read_array(AR_TYPE_TEXTS, wrong[i], strlen(wrong[i])) != ARRAY_WRONG)
            fail_msg("%s was read", wrong[i]);
    assert_int_equal(read_array(AR_TYPE_INT64S, "[01]", 4), ARRAY_WRONG);
    assert_int_equal(read_array(AR_TYPE_INT64S, "[-9223372036854775809]", 22), ARRAY_OUT_OF_RANGE);
    assert_int_equal(read_array(AR_TYPE_INT64S, "[92233720368547758070]", 22), ARRAY_OUT_OF_RANGE);
    assert_int_equal(read_array(AR_TYPE_TEXTS, "[null]", 6), ARRAY_HAS_NULL);
}

/* A field owns what it refers to as soon as it is copied; the bytes after the end of a char[N] are zero then. */
static void test_owned_contents(void **state)
{
    const struct ar_column blob = column_of(AR_TYPE_BLOB, sizeof(struct ar_blob)), chars = column_of(AR_TYPE_CHARS, 4);
    const struct ar_column text = column_of(AR_TYPE_TEXT, sizeof(char *)), integer = column_of(AR_TYPE_INT64, 8);
    char bytes[] = "ab";
    union field field = {.blob = {bytes, 2}}, name = {"a\0xx"};
    const char *string = bytes;

    (void)state;
    assert_int_equal(ar_field_own(&blob, &arena, &failure, &field), AR_OK);
    assert_int_equal(ar_type_info_of(&text)->own(&text, &arena, &failure, &string), AR_OK);
    bytes[0] = 'x';
    assert_memory_equal(field.blob.data, "ab", 2);
    assert_string_equal(string, "ab");
    assert_int_equal(ar_field_own(&chars, &arena, &failure, &name), AR_OK);
    assert_memory_equal(name.bytes, "a\0\0\0", 4);
    field.integer = 7;
    assert_int_equal(ar_field_own(&integer, &arena, &failure, &field), AR_OK);
    assert_int_equal(field.integer, 7);
    field.blob = (struct ar_blob){NULL, 0};
    assert_int_equal(ar_field_own(&blob, &arena, &failure, &field), AR_OK);
    assert_null(field.blob.data);
}

/* A message quotes the beginning of a long string, which is as valid as the string. */
static void test_long_strings_in_messages(void **state)
{
    const struct ar_column constant = column_of(AR_TYPE_ENUM_TEXT, 4);
    char text[64], described[80];
    const struct ar_value value = ar_value_bytes(AR_VALUE_TEXT, text, sizeof text - 1);

    (void)state;
    memset(text, 'x', sizeof text);
    memcpy(text + 58, "\xE2\x82\xAC\x00", 4);
    ar_describe_values(&(struct ar_value){.kind = AR_VALUE_TEXT, .bytes = {text, 61}}, 1, described, sizeof described);
    assert_int_equal(strlen(described), 58 + 2);
    ar_describe_values((const struct ar_value[]){ar_value_null(), ar_value_integer(1)}, 2, described, sizeof described);
    assert_string_equal(described, "(NULL, 1)");
    memcpy(text + 60, "\xE2\x82\xAC", 3);
    memcpy(text + 57, "xxx", 3);
    ar_describe_values(&value, 1, described, sizeof described);
    assert_int_equal(strlen(described), 60 + 2);
    memcpy(text + 59, "\xE2\x82\xACx", 4);
    assert_refused(&constant, value, "xxx\", which is not a constant of the enum");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_is_complete),
        cmocka_unit_test(test_integers_at_their_limits),
        cmocka_unit_test(test_null),
        cmocka_unit_test(test_equal_strings_in_different_memory),
        cmocka_unit_test(test_contents_without_a_value),
        cmocka_unit_test(test_decimals_in_other_fields),
        cmocka_unit_test(test_times_of_day),
        cmocka_unit_test(test_equal_blobs),
        cmocka_unit_test(test_equal_arrays),
        cmocka_unit_test(test_wrong_arrays),
        cmocka_unit_test(test_owned_contents),
        cmocka_unit_test(test_long_strings_in_messages),
    };

    return cmocka_run_group_tests(tests, NULL, free_arena);
}
