/* Dates and times of day: which exist, as numbers and back, and as strings. */
#include "base/calendar.h"

#include "unit.h"

#include <string.h>

static void test_dates_that_exist(void **state)
{
    static const struct ar_date wrong[] = {{0, 1, 1},     {-1, 1, 1},    {10000, 1, 1},  {2023, 0, 1},  {2023, 13, 1},
                                           {2023, 1, 0},  {2023, 1, 32}, {2023, 2, 29},  {1900, 2, 29}, {2023, 4, 31},
                                           {2023, 6, 31}, {2023, 9, 31}, {2023, 11, 31}, {0, 0, 0}};
    static const struct ar_date right[] = {{1, 1, 1}, {9999, 12, 31}, {2024, 2, 29}, {2000, 2, 29}, {2023, 12, 31}};
    char text[AR_DATE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(ar_date_is_valid(wrong[i]));
        assert_int_equal(ar_date_format(wrong[i], text), 0);
    }
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(ar_date_is_valid(right[i]));
}

/* Every day of ten thousand years is a number and back; the strings of some of them compare like the dates. */
static void test_all_days(void **state)
{
    const int64_t first = -719162, last = 2932896;
    char previous[AR_DATE_SIZE] = "", text[AR_DATE_SIZE];
    struct ar_date date, read;

    (void)state;
    for (int64_t day = first; day <= last; day++) {
        assert_true(ar_date_of_days(day, &date));
        assert_true(ar_date_is_valid(date));
        assert_true(ar_date_to_days(date) == day);
        if (day % 16 != 0 && day != last)
            continue;
        assert_int_equal(ar_date_format(date, text), 10);
        assert_true(ar_date_parse(text, 10, &read));
        assert_memory_equal(&read, &date, sizeof date);
        assert_true(strcmp(previous, text) < 0);
        memcpy(previous, text, sizeof previous);
    }
    assert_string_equal(text, "9999-12-31");
    assert_false(ar_date_of_days(last + 1, &date));
    assert_false(ar_date_of_days(INT64_MIN / 2, &date));
}

static void test_strings_that_are_not_dates(void **state)
{
    static const char *const texts[] = {
        "",           "2023-02-29",  "0000-01-01",  "2023-1-01", "2023-01-1", "2023-01-01 ",
        "2023/01/01", "2023-01-01T", "12023-01-01", "abcd-ef-gh"};
    struct ar_date date;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(ar_date_parse(texts[i], strlen(texts[i]), &date));
}

static void test_times_of_day(void **state)
{
    static const struct ar_time_of_day wrong[] = {{24, 0, 0, 0}, {0, 60, 0, 0}, {0, 0, 60, 0}, {0, 0, 0, 1000000}};
    struct ar_time_of_day time, read;
    char text[AR_TIME_OF_DAY_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(ar_time_of_day_format(wrong[i], text), 0);
    for (int64_t microseconds = 0; microseconds < INT64_C(86400000000); microseconds += 7654321) {
        assert_true(ar_time_of_day_of_microseconds(microseconds, &time));
        assert_true(ar_time_of_day_to_microseconds(time) == microseconds);
        assert_true(ar_time_of_day_parse(text, ar_time_of_day_format(time, text), &read));
        assert_true(ar_time_of_day_to_microseconds(read) == microseconds);
    }
    assert_false(ar_time_of_day_of_microseconds(INT64_C(86400000000), &time));
    assert_false(ar_time_of_day_of_microseconds(-1, &time));
}

static void test_strings_of_times_of_day(void **state)
{
    static const struct {
        const char *text;
        int64_t microseconds; /* -1: not a time of day */
    } cases[] = {
        {"00:00", 0},
        {"23:59", INT64_C(86340000000)},
        {"00:00:01", 1000000},
        {"00:00:01.5", 1500000},
        {"00:00:01.123456", 1123456},
        {"00:00:01.123456000", 1123456},
        {"00:00:01.1234567", -1},
        {"24:00:00", -1},
        {"23:60:00", -1},
        {"23:59:60", -1},
        {"1:00:00", -1},
        {"01:00:00Z", -1},
        {"01:00:", -1},
        {"", -1},
    };
    struct ar_time_of_day time;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool is_time = ar_time_of_day_parse(cases[i].text, strlen(cases[i].text), &time);
        if (is_time != (cases[i].microseconds >= 0))
            fail_msg("\"%s\"", cases[i].text);
        if (is_time)
            assert_true(ar_time_of_day_to_microseconds(time) == cases[i].microseconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates_that_exist),           cmocka_unit_test(test_all_days),
        cmocka_unit_test(test_strings_that_are_not_dates), cmocka_unit_test(test_times_of_day),
        cmocka_unit_test(test_strings_of_times_of_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
