/* The order of two fields equals that of the database, for the types that keys may have. */
#include "model/field.h"

#include "unit.h"

#include <time.h>

struct thing {
    double real;
    struct timespec time;
    const char *text;
};

static const struct ar_column real = {.name = "real",
                                      .field = "real",
                                      .type = AR_TYPE_DOUBLE,
                                      .offset = offsetof(struct thing, real),
                                      .size = sizeof(double)};
static const struct ar_column time_column = {.name = "time",
                                             .field = "time",
                                             .type = AR_TYPE_TIMESPEC,
                                             .offset = offsetof(struct thing, time),
                                             .size = sizeof(struct timespec)};
static const struct ar_column text = {.name = "text",
                                      .field = "text",
                                      .type = AR_TYPE_TEXT,
                                      .offset = offsetof(struct thing, text),
                                      .size = sizeof(const char *)};

static void assert_order(const struct ar_column *column, const struct thing *small, const struct thing *large)
{
    assert_true(ar_field_compare(column, small, large) < 0);
    assert_true(ar_field_compare(column, large, small) > 0);
    assert_int_equal(ar_field_compare(column, small, small), 0);
}

static void test_order_of_numbers(void **state)
{
    (void)state;
    assert_order(&real, &(struct thing){.real = -1.5}, &(struct thing){.real = 0.25});
}

static void test_order_of_times(void **state)
{
    const struct thing first = {.time = {.tv_sec = -1, .tv_nsec = 999999000}}, second = {.time = {.tv_nsec = 1000}},
                       third = {.time = {.tv_nsec = 2000}};
    (void)state;
    assert_order(&time_column, &first, &second);
    assert_order(&time_column, &second, &third);
}

static void test_order_of_strings(void **state)
{
    (void)state;
    assert_order(&text, &(struct thing){.text = "a"}, &(struct thing){.text = "ab"});
    assert_order(&text, &(struct thing){.text = "ab"}, &(struct thing){.text = "b"});
    assert_order(&text, &(struct thing){.text = NULL}, &(struct thing){.text = ""});
    assert_int_equal(ar_field_compare(&text, &(struct thing){.text = NULL}, &(struct thing){.text = NULL}), 0);
}

/* A bool of AR_NULLABLE_BY decides if a field is NULL, whatever the field contains. */
static void test_null_by_a_bool(void **state)
{
    struct measured {
        int64_t number;
        bool has_number;
    };
    static const struct ar_column number = {.name = "number",
                                            .field = "number",
                                            .type = AR_TYPE_INT64,
                                            .size = sizeof(int64_t),
                                            .null_offset = offsetof(struct measured, has_number),
                                            .flags = AR_COLUMN_NULLABLE | AR_COLUMN_NULL_FLAG};
    struct measured zero = {.has_number = true}, null = {.number = 7}, one = {.number = 1, .has_number = true};
    struct failure failure;

    (void)state;
    assert_false(ar_field_is_unset(&number, &zero));
    assert_true(ar_field_is_unset(&number, &null));
    assert_int_equal(ar_field_value(&number, &null).kind, AR_VALUE_NULL);
    assert_false(ar_field_equal(&number, &zero, &(struct measured){.number = 0}));
    assert_false(ar_field_identical(&number, &zero, &(struct measured){.number = 0}));
    assert_false(ar_field_equal(&number, &zero, &one));
    assert_false(ar_field_identical(&number, &zero, &one));
    assert_true(ar_field_identical(&number, &one, &(struct measured){.number = 1, .has_number = true}));
    assert_order(&number, &(struct thing){0}, (const struct thing *)(const void *)&one);
    ar_field_set_null(&number, &one);
    assert_false(one.has_number);
    assert_int_equal(one.number, 0);
    assert_int_equal(ar_field_set_integer(&number, 5, &failure, &one), AR_OK);
    assert_true(one.has_number);
    assert_int_equal(one.number, 5);
}

/* Values of different kinds have an order too. */
static void test_order_of_values(void **state)
{
    const struct ar_value null = ar_value_null(), one = ar_value_integer(1), string = ar_value_text("a");

    (void)state;
    assert_true(ar_value_compare(&null, &one) < 0);
    assert_true(ar_value_compare(&string, &one) > 0);
    assert_int_equal(ar_value_compare(&null, &null), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order_of_numbers), cmocka_unit_test(test_order_of_times),
                                       cmocka_unit_test(test_order_of_strings), cmocka_unit_test(test_null_by_a_bool),
                                       cmocka_unit_test(test_order_of_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
