/* The table of field types: every type has its conversions, and values survive a round trip through a field. */
#include "model/type_info.h"
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
        assert_int_equal(ar_type_info[type].own != NULL, ar_type_info[type].equal != NULL);
        if (ar_type_is_integer((enum ar_type)type))
            assert_true(ar_type_info[type].maximum > 0);
    }
}

static enum ar_status read_value(const struct ar_column *column, struct ar_value value, union field *field)
{
    static struct arena arena;
    static struct failure failure;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_is_complete),
        cmocka_unit_test(test_integers_at_their_limits),
        cmocka_unit_test(test_null),
        cmocka_unit_test(test_equal_strings_in_different_memory),
        cmocka_unit_test(test_contents_without_a_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
