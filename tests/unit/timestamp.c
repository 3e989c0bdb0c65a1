/* Timestamps as text: every accepted form, invalid values in every component, and round trips. The time of a deadline.
 */
#include "base/timestamp.h"
#include "base/clock.h"

#include "unit.h"

#include <string.h>

static void expect_read(const char *text, int64_t seconds, int32_t nanoseconds)
{
    struct ar_instant instant;

    if (!ar_timestamp_parse(text, strlen(text), &instant))
        fail_msg("\"%s\" was not parsed", text);
    if (instant.seconds != seconds || instant.nanoseconds != nanoseconds)
        fail_msg("\"%s\" was parsed as %lld.%09d", text, (long long)instant.seconds, instant.nanoseconds);
}

static void expect_refused(const char *text)
{
    struct ar_instant instant;

    if (ar_timestamp_parse(text, strlen(text), &instant))
        fail_msg("\"%s\" was parsed as %lld", text, (long long)instant.seconds);
}

static void test_dates(void **state)
{
    (void)state;
    expect_read("1970-01-01", 0, 0);
    expect_read("1969-12-31", -86400, 0);
    expect_read("2000-02-29", 951782400, 0);
    expect_read("2024-02-29", 1709164800, 0);
    expect_read("2024-03-01", 1709251200, 0);
    expect_read("0000-01-01", -62167219200, 0);
    expect_read("9999-12-31", 253402214400, 0);
}

static void test_clocks_and_zones(void **state)
{
    (void)state;
    expect_read("1970-01-02 00:01", 86460, 0);
    expect_read("1970-01-02T00:01:02", 86462, 0);
    expect_read("1970-01-01 23:59:60", 86400, 0); /* a leap second */
    expect_read("1970-01-01 00:00:01.5", 1, 500000000);
    expect_read("1970-01-01 00:00:01.123456789123", 1, 123456789);
    expect_read("1970-01-01 01:30:00Z", 5400, 0);
    expect_read("1970-01-01 01:30:00+01:30", 0, 0);
    expect_read("1970-01-01 01:30:00-0130", 10800, 0);
    expect_read("1970-01-01 01:30:00+01", 1800, 0);
}

static void test_refused_dates(void **state)
{
    static const char *const texts[] = {
        "",           "197",        "1970",       "1970-",      "1970-01",     "1970-01-",    "1970-01-0",
        "1970/01-01", "1970-01/01", "1970-00-01", "1970-13-01", "1970-01-00",  "1970-01-32",  "1970-04-31",
        "1900-02-29", "2023-02-29", "x970-01-01", "1970-x1-01", "1970-01-01x", "1970-01-01 ", " 1970-01-01",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_refused(texts[i]);
}

static void test_refused_clocks(void **state)
{
    static const char *const clocks[] = {
        "1",          "12",         "12:",         "12:3",          "12-30",      "24:00",           "12:60",
        "12:30:",     "12:30:6",    "12:30:61",    "12:30:00.",     "12:30:00.x", "12:30:00 Z",      "12:30+",
        "12:30:00+1", "12:30+01:6", "12:30+24:00", "12:30:00+0160", "12:30:00Zx", "12:30:00+01:30x", "12:x0",
    };
    (void)state;
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        char text[48] = "1970-01-01 ";
        expect_refused(strcat(text, clocks[i]));
    }
}

static void test_round_trip(void **state)
{
    static const struct ar_instant instants[] = {
        {0, 0},         {-1, 0},           {-62167219200, 0},  {253402300799, 999999999},
        {951782399, 0}, {1709164800, 500}, {1709251199, 5000}, {4107542400, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
        char text[AR_TIMESTAMP_SIZE];
        size_t length = ar_timestamp_format(&instants[i], text);
        assert_int_equal(length, strlen(text));
        expect_read(text, instants[i].seconds, instants[i].nanoseconds);
    }
}

static void test_years_that_do_not_compare(void **state)
{
    char text[AR_TIMESTAMP_SIZE];

    (void)state;
    assert_int_equal(ar_timestamp_format(&(struct ar_instant){-62167219201, 0}, text), 0);
    assert_int_equal(ar_timestamp_format(&(struct ar_instant){253402300800, 0}, text), 0);
}

/* The same number of digits in every string, so that strings compare like times. */
static void test_iso(void **state)
{
    static const struct {
        struct ar_instant instant;
        unsigned digits;
        const char *text; /* "": it cannot be written */
    } cases[] = {
        {{0, 0}, 0, "1970-01-01T00:00:00Z"},
        {{-1, 500000000}, 1, "1969-12-31T23:59:59.5Z"},
        {{0, 0}, 3, "1970-01-01T00:00:00.000Z"},
        {{0, 123456789}, 9, "1970-01-01T00:00:00.123456789Z"},
        {{0, 123456000}, 6, "1970-01-01T00:00:00.123456Z"},
        {{0, 123456000}, 3, ""},
        {{0, 1}, 0, ""},
        {{253402300799, 0}, 0, "9999-12-31T23:59:59Z"},
        {{253402300800, 0}, 0, ""},
        {{-62167219201, 0}, 0, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[AR_TIMESTAMP_SIZE] = "";
        size_t length = ar_timestamp_format_iso(&cases[i].instant, cases[i].digits, text);
        assert_int_equal(length, strlen(cases[i].text));
        if (length == 0)
            continue;
        assert_string_equal(text, cases[i].text);
        expect_read(text, cases[i].instant.seconds, cases[i].instant.nanoseconds);
    }
}

/* Part of a second may carry into the next one. */
static void test_deadlines(void **state)
{
    static const unsigned waits[] = {0, 1, 500, 999, 1000, 1999};

    (void)state;
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        uint64_t before = ar_monotonic_clock(NULL), wait = (uint64_t)waits[i] * 1000000;
        struct timespec deadline = ar_deadline_after(waits[i]);
        uint64_t at = (uint64_t)deadline.tv_sec * 1000000000 + (uint64_t)deadline.tv_nsec;
        assert_in_range(deadline.tv_nsec, 0, 999999999);
        assert_in_range(at, before + wait, ar_monotonic_clock(NULL) + wait);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),         cmocka_unit_test(test_clocks_and_zones),
        cmocka_unit_test(test_refused_dates), cmocka_unit_test(test_refused_clocks),
        cmocka_unit_test(test_round_trip),    cmocka_unit_test(test_years_that_do_not_compare),
        cmocka_unit_test(test_iso),           cmocka_unit_test(test_deadlines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
