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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order_of_numbers), cmocka_unit_test(test_order_of_times),
                                       cmocka_unit_test(test_order_of_strings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
