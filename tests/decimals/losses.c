/* Numbers that a double, a float or an integer cannot hold exactly: they are refused, never rounded. */
#include "shop.ar.h"
#include "support.h"

#include <math.h>
#include <stdio.h>

static int open_readings(void **state)
{
    return fixture_open(state, &reading_model);
}

/* Make the table with columns of this type and one row. */
static void make_reading(struct fixture *f, const char *type, const char *precise, const char *single,
                         const char *whole)
{
    char sql[400];
    run_sql(f, "DROP TABLE readings");
    snprintf(sql, sizeof sql, "CREATE TABLE readings (id BIGINT PRIMARY KEY, precise %s, single %s, whole %s)", type,
             type, type);
    run_sql(f, sql);
    snprintf(sql, sizeof sql, "INSERT INTO readings VALUES (1, %s, %s, %s)", precise, single, whole);
    run_sql(f, sql);
    reopen_session(f, (struct ar_session_options){0});
}

static void test_numbers_that_survive(void **state)
{
    static const struct {
        const char *text;
        double number;
    } cases[] = {
        {"0.1", 0.1},
        {"-123456789012.345", -123456789012.345},
        {"0.1000000000000000055511151231257827", 0.1},
        {"1e300", 1e300},
        {"-1e-300", -1e-300},
        {"1152921504606846976", 0x1p60},
        {"0.5000000000000000000000000000000000000000", 0.5},
        {"1234567890123456.0", 1234567890123456.0},
    };
    struct fixture *f = *state;
    struct reading *reading;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        make_reading(f, "NUMERIC", cases[i].text, "16777216", "-9223372036854775808");
        ok(f->s, reading_find(f->s, 1, &reading));
        assert_true(reading->precise == cases[i].number);
        assert_true(reading->single == 16777216.0F);
        assert_true(reading->whole == INT64_MIN);
    }
}

static void test_special_numbers(void **state)
{
    struct fixture *f = *state;
    struct reading *reading;
    if (fixture_is_sqlite())
        return;
    make_reading(f, "NUMERIC", "'NaN'", "'-Infinity'", "0");
    ok(f->s, reading_find(f->s, 1, &reading));
    assert_true(isnan(reading->precise));
    assert_true(isinf(reading->single) && reading->single < 0);
    make_reading(f, "NUMERIC", "0", "0", "'NaN'");
    fails(f->s, AR_INVALID, reading_find(f->s, 1, &reading));
}

static void test_numbers_that_do_not(void **state)
{
    static const struct {
        const char *precise, *single, *whole, *message;
    } cases[] = {
        {"12345678901234567.89", "0", "0", "precise of table readings has 12345678901234567.89, which a double cannot"},
        {"0.33333333333333333333", "0", "0", "declare the field AR_DECIMAL"},
        {"9007199254740993", "0", "0", "cannot hold exactly"},
        {"0.1000000000000000055511151231257828", "0", "0", "cannot hold exactly"},
        {"0", "1234567.89", "0", "single of table readings has 1234567.89, which a float cannot hold exactly"},
        {"0", "16777217", "0", "float cannot hold exactly"},
        {"0", "0", "1.5", "whole of table readings has 1.5, which an integer cannot hold exactly"},
        {"0", "0", "9223372036854775808", "whole of table readings has a number or time out of the range"},
        {"1e400", "0", "0", "precise of table readings has a number or time out of the range"},
        {"1e-400", "0", "0", "precise of table readings has a number or time out of the range"},
        {"0", "1e39", "0", "single of table readings has a number or time out of the range"},
    };
    struct fixture *f = *state;
    struct reading *reading;
    if (fixture_is_sqlite())
        return;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        make_reading(f, "NUMERIC", cases[i].precise, cases[i].single, cases[i].whole);
        fails(f->s, AR_INVALID, reading_find(f->s, 1, &reading));
        assert_error_names(f->s, cases[i].message);
        assert_null(reading);
    }
}

/* Integers of 64 bits also have more digits than a double. */
static void test_integers(void **state)
{
    struct fixture *f = *state;
    struct reading *reading;
    make_reading(f, "BIGINT", "9007199254740992", "-16777216", "1");
    ok(f->s, reading_find(f->s, 1, &reading));
    assert_true(reading->precise == 9007199254740992.0 && reading->single == -16777216.0F);
    make_reading(f, "BIGINT", "9007199254740993", "1", "1");
    fails(f->s, AR_INVALID, reading_find(f->s, 1, &reading));
    assert_error_names(f->s, "precise of table readings has an integer that a double cannot hold exactly");
    make_reading(f, "BIGINT", "9223372036854775807", "1", "1");
    fails(f->s, AR_INVALID, reading_find(f->s, 1, &reading));
    make_reading(f, "BIGINT", "1", "16777217", "1");
    fails(f->s, AR_INVALID, reading_find(f->s, 1, &reading));
    assert_error_names(f->s, "single of table readings has an integer that a float cannot hold exactly");
}

/* A sum of integers, and the least of numbers, are exact or refused; sums of doubles and averages are doubles. */
static void test_aggregates(void **state)
{
    struct fixture *f = *state;
    struct ar_value value;
    make_reading(f, fixture_is_sqlite() ? "" : "NUMERIC", "0.1", "0.5", "1.5");
    run_sql(f, "INSERT INTO readings VALUES (2, 0.2, 0.25, 2)");
    fails(f->s, AR_INVALID, reading_sum(reading_query(f->s), reading_column.whole, &value));
    assert_error_names(f->s, "whole");
    ok(f->s, reading_sum(reading_query(f->s), reading_column.precise, &value));
    assert_true(value.kind == AR_VALUE_REAL && fabs(value.real - 0.3) < 1e-12);
    ok(f->s, reading_avg(reading_query(f->s), reading_column.whole, &value));
    assert_true(value.kind == AR_VALUE_REAL && value.real == 1.75);
    ok(f->s, reading_min(reading_query(f->s), reading_column.single, &value));
    assert_true(value.kind == AR_VALUE_REAL && value.real == 0.25);
    run_sql(f, "UPDATE readings SET whole = 4");
    ok(f->s, reading_sum(reading_query(f->s), reading_column.whole, &value));
    assert_true(value.kind == AR_VALUE_INTEGER && value.integer == 8);
    if (fixture_is_sqlite())
        return;
    run_sql(f, "UPDATE readings SET precise = 12345678901234567.89");
    fails(f->s, AR_INVALID, reading_max(reading_query(f->s), reading_column.precise, &value));
    assert_error_names(f->s, "12345678901234567.89");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_readings, fixture_close)
        TEST(test_numbers_that_survive), TEST(test_special_numbers),
        TEST(test_numbers_that_do_not),  TEST(test_integers),
        TEST(test_aggregates),
#undef TEST
    };

    return cmocka_run_group_tests_name("losses", tests, NULL, NULL);
}
