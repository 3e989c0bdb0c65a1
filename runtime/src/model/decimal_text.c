/* Decimals as strings: their form, and their order. */
#include "model/decimal_text.h"

#include "base/digits.h"

#include <string.h>

/* The parts of a number. */
struct parts {
    bool is_number, is_negative;
    const char *whole, *fraction;
    size_t whole_length, fraction_length;
};

static size_t count_digits(const char *from, const char *end)
{
    const char *at = from;

    while (at < end && ar_is_digit(*at))
        at++;
    return (size_t)(at - from);
}

static bool is_zero(const struct parts *parts)
{
    for (size_t i = 0; i < parts->fraction_length; i++)
        if (parts->fraction[i] != '0')
            return false;
    return parts->whole_length == 1 && parts->whole[0] == '0';
}

static struct parts split(const struct ar_bytes *text)
{
    const char *at = text->data, *end = at + text->size;
    struct parts parts = {.is_negative = at < end && *at == '-'};

    at += parts.is_negative;
    parts.whole = at;
    parts.whole_length = count_digits(at, end);
    at += parts.whole_length;
    parts.fraction = at;
    if (at < end && *at == '.') {
        parts.fraction = at + 1;
        parts.fraction_length = count_digits(at + 1, end);
        at = parts.fraction_length > 0 ? parts.fraction + parts.fraction_length : at;
    }
    parts.is_number = at == end && parts.whole_length > 0 && (parts.whole_length == 1 || parts.whole[0] != '0') &&
                      !(parts.is_negative && is_zero(&parts));
    return parts;
}

bool ar_decimal_text_has_form(const struct ar_column *column, const struct ar_bytes *text)
{
    const struct parts parts = split(text);

    return parts.is_number && parts.fraction_length == column->scale;
}

bool ar_decimal_text_fits(const struct ar_column *column, const struct ar_bytes *text)
{
    const struct parts parts = split(text);
    size_t digits = parts.whole[0] == '0' ? 0 : parts.whole_length;

    return digits <= (size_t)column->precision - column->scale;
}

static int compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/* Compare without signs. Zeros at the end of a fraction do not count. */
static int compare_magnitudes(const struct parts *a, const struct parts *b)
{
    size_t a_length = a->fraction_length, b_length = b->fraction_length;
    int order = (a->whole_length > b->whole_length) - (a->whole_length < b->whole_length);

    if (order == 0)
        order = memcmp(a->whole, b->whole, a->whole_length);
    if (order != 0)
        return order;
    while (a_length > 0 && a->fraction[a_length - 1] == '0')
        a_length--;
    while (b_length > 0 && b->fraction[b_length - 1] == '0')
        b_length--;
    return compare_bytes(a->fraction, a_length, b->fraction, b_length);
}

int ar_decimal_text_compare(const struct ar_bytes *a, const struct ar_bytes *b)
{
    const struct parts left = split(a), right = split(b);

    if (left.is_number != right.is_number)
        return left.is_number ? -1 : 1;
    if (!left.is_number)
        return compare_bytes(a->data, a->size, b->data, b->size);
    if (left.is_negative != right.is_negative)
        return left.is_negative ? -1 : 1;
    return left.is_negative ? compare_magnitudes(&right, &left) : compare_magnitudes(&left, &right);
}
