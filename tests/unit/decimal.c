/* Exact decimals: every number of a server is read exactly or refused, and malformed ones are found. */
#include "model/decimal.h"

#include "model/decimal_text.h"

#include "unit.h"

#include <math.h>
#include <string.h>

/* The bytes of a number: its groups, weight, sign and digits after the point. */
struct sample {
    const char *what;
    size_t length;
    unsigned char bytes[20];
};

static bool parse(const struct sample *sample, struct decimal *out)
{
    return ar_decimal_parse(&(struct ar_bytes){sample->bytes, sample->length}, out);
}

static void test_malformed(void **state)
{
    static const struct sample samples[] = {
        {"nothing", 0, {0}},
        {"half a header", 7, {0}},
        {"a group less than its number", 10, {0, 2, 0, 1, 0, 0, 0, 0, 0, 1}},
        {"more groups than their number", 12, {0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1}},
        {"65,535 groups", 10, {255, 255, 0, 0, 0, 0, 0, 0, 0, 1}},
        {"a group of 10000", 10, {0, 1, 0, 0, 0, 0, 0, 0, 0x27, 0x10}},
        {"an unknown sign", 10, {0, 1, 0, 0, 0x12, 0x34, 0, 0, 0, 1}},
    };
    struct decimal decimal;

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        if (parse(&samples[i], &decimal))
            fail_msg("%s was accepted", samples[i].what);
}

/* The largest and the smallest numbers that the form has, and zeros at both ends. */
static void test_extremes(void **state)
{
    static const struct sample largest = {"", 10, {0, 1, 0x7f, 0xff, 0, 0, 0, 0, 0, 1}};
    static const struct sample smallest = {"", 10, {0, 1, 0x80, 0, 0, 0, 0, 0, 0, 1}};
    static const struct sample zero = {"", 12, {0, 2, 0x7f, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0}};
    static const struct sample padded = {"", 16, {0, 4, 0, 2, 0, 0, 0, 0, 0, 0, 0, 12, 0x0d, 0x80, 0, 0}};
    struct decimal decimal;
    int64_t integer;
    double real;
    char text[40];

    (void)state;
    assert_true(parse(&largest, &decimal));
    assert_int_equal(ar_decimal_to_integer(&decimal, 0, &integer), DECIMAL_TOO_LARGE);
    assert_int_equal(ar_decimal_to_real(&decimal, false, &real), DECIMAL_TOO_LARGE);
    ar_decimal_print(&decimal, 0, text, sizeof text);
    assert_int_equal(strlen(text), sizeof text - 1);
    assert_true(parse(&smallest, &decimal));
    assert_int_equal(ar_decimal_to_integer(&decimal, 18, &integer), DECIMAL_INEXACT);
    assert_int_equal(ar_decimal_to_real(&decimal, false, &real), DECIMAL_TOO_LARGE);
    assert_true(parse(&zero, &decimal));
    assert_int_equal(ar_decimal_to_integer(&decimal, 18, &integer), DECIMAL_FITS);
    assert_int_equal(integer, 0);
    assert_true(parse(&padded, &decimal));
    assert_int_equal(ar_decimal_to_integer(&decimal, 0, &integer), DECIMAL_FITS);
    assert_int_equal(integer, 123456);
    ar_decimal_print(&decimal, 2, text, sizeof text);
    assert_string_equal(text, "123456.00");
}

/* Every integer and scale survives; a smaller scale fits only if it loses zeros. */
static void test_round_trips(void **state)
{
    static const int64_t integers[] = {
        0, 1, -1, 10, 9999, 10000, 10001, -10000, 12345, 120000000, INT64_MAX, INT64_MIN, 1000000000000000000};
    char bytes[AR_DECIMAL_SIZE_MAX], text[40], printed[AR_DECIMAL_TEXT_SIZE];
    struct decimal decimal;

    (void)state;
    for (size_t i = 0; i < sizeof integers / sizeof integers[0]; i++)
        for (unsigned scale = 0; scale <= AR_DECIMAL_DIGITS_MAX; scale++) {
            int64_t integer;
            size_t size = ar_decimal_put_integer(integers[i], scale, bytes);
            assert_true(ar_decimal_parse(&(struct ar_bytes){bytes, size}, &decimal));
            assert_int_equal(ar_decimal_to_integer(&decimal, scale, &integer), DECIMAL_FITS);
            assert_true(integer == integers[i]);
            ar_decimal_print(&decimal, scale, text, sizeof text);
            ar_decimal_print_integer(integers[i], scale, printed);
            assert_string_equal(text, printed);
            if (scale > 0)
                assert_true(ar_decimal_to_integer(&decimal, scale - 1, &integer) ==
                            (integers[i] % 10 == 0 ? DECIMAL_FITS : DECIMAL_INEXACT));
        }
}

static void test_reals(void **state)
{
    char bytes[AR_DECIMAL_SIZE_MAX];
    struct decimal decimal;
    double real;

    (void)state;
    size_t size = ar_decimal_put_integer(-33333333, 3, bytes);
    assert_true(ar_decimal_parse(&(struct ar_bytes){bytes, size}, &decimal));
    assert_int_equal(ar_decimal_to_real(&decimal, false, &real), DECIMAL_FITS);
    assert_true(real == -33333.333);
    assert_int_equal(ar_decimal_to_real(&decimal, true, &real), DECIMAL_INEXACT);
    size = ar_decimal_put_integer(INT64_MAX, 0, bytes);
    assert_true(ar_decimal_parse(&(struct ar_bytes){bytes, size}, &decimal));
    assert_int_equal(ar_decimal_to_real(&decimal, false, &real), DECIMAL_INEXACT);
    size = ar_decimal_put_integer(INT64_MIN, 0, bytes);
    assert_true(ar_decimal_parse(&(struct ar_bytes){bytes, size}, &decimal));
    assert_int_equal(ar_decimal_to_real(&decimal, false, &real), DECIMAL_FITS);
    assert_true(real == -0x1p63);
}

/* A number of more digits than any double has is inexact, and still the nearest double. */
static void test_many_digits(void **state)
{
    enum { GROUPS = 120 };
    unsigned char bytes[8 + 2 * GROUPS] = {0, GROUPS, 0, GROUPS - 101}; /* 20 groups before the point */
    struct decimal decimal;
    double real;

    (void)state;
    for (size_t i = 8; i < sizeof bytes; i += 2)
        memcpy(bytes + i, "\x08\xAE", 2); /* 2222 */
    assert_true(ar_decimal_parse(&(struct ar_bytes){bytes, sizeof bytes}, &decimal));
    assert_int_equal(ar_decimal_to_real(&decimal, false, &real), DECIMAL_INEXACT);
    assert_true(real > 2.2222222222222222e75 && real < 2.2222222222222225e75 * 1e4);
    assert_int_equal(ar_decimal_to_real(&decimal, true, &real), DECIMAL_TOO_LARGE);
}

/* Zero has no sign. */
static void test_negative_zero(void **state)
{
    static const struct sample zero = {"", 8, {0, 0, 0, 0, 0x40}};
    struct decimal decimal;
    char text[8];

    (void)state;
    assert_true(parse(&zero, &decimal));
    ar_decimal_print(&decimal, 1, text, sizeof text);
    assert_string_equal(text, "0.0");
}

/* Numbers are sorted by value, regardless of zeros at the end; other strings follow, by their bytes. */
static void test_order_of_strings(void **state)
{
    static const char *const sorted[] = {"-10", "-9.5", "-0.55", "-0.5", "0",  "0.5", "0.55", "1.5", "9",
                                         "10",  "",     "-",     "-0",   "01", "1.",  "10a",  "x"};
    enum { COUNT = sizeof sorted / sizeof *sorted };

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            const struct ar_bytes a = {sorted[i], strlen(sorted[i])}, b = {sorted[j], strlen(sorted[j])};
            int order = ar_decimal_text_compare(&a, &b);
            if ((order > 0) - (order < 0) != (i > j) - (i < j))
                fail_msg("%s and %s: %d", sorted[i], sorted[j], order);
        }
    assert_int_equal(ar_decimal_text_compare(&(struct ar_bytes){"1.50", 4}, &(struct ar_bytes){"1.5", 3}), 0);
}

static void test_not_finite(void **state)
{
    static const struct sample samples[] = {
        {"NaN", 8, {0, 0, 0, 0, 0xc0}}, {"Infinity", 8, {0, 0, 0, 0, 0xd0}}, {"-Infinity", 8, {0, 0, 0, 0, 0xf0}}};
    struct decimal decimal;
    int64_t integer;
    double real;
    char text[40];

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_true(parse(&samples[i], &decimal));
        assert_int_equal(ar_decimal_to_integer(&decimal, 2, &integer), DECIMAL_NOT_FINITE);
        assert_int_equal(ar_decimal_to_real(&decimal, false, &real), DECIMAL_FITS);
        assert_true(!isfinite(real));
        ar_decimal_print(&decimal, 2, text, sizeof text);
        assert_string_equal(text, samples[i].what);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_malformed),     cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_round_trips),   cmocka_unit_test(test_reals),
        cmocka_unit_test(test_not_finite),    cmocka_unit_test(test_many_digits),
        cmocka_unit_test(test_negative_zero), cmocka_unit_test(test_order_of_strings),
    };

    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
