/* Exact decimal numbers, digit by digit. */
#include "model/decimal.h"

#include "base/digits.h"
#include "base/text_buffer.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 8, GROUP = 10000, GROUP_DIGITS = 4 };

/* Signs of numeric_send. */
enum {
    SIGN_POSITIVE = 0,
    SIGN_NEGATIVE = 0x4000,
    SIGN_NAN = 0xC000,
    SIGN_INFINITY = 0xD000,
    SIGN_MINUS_INFINITY = 0xF000
};

static unsigned get_16(const unsigned char *from)
{
    return (unsigned)from[0] << 8 | from[1];
}

static void put_16(char *to, unsigned number)
{
    to[0] = (char)(unsigned char)(number >> 8);
    to[1] = (char)(unsigned char)number;
}

/* ---- Digits ------------------------------------------------------------------------------------------------------ */

/* Return the power of ten of the last digit of a group. */
static int power_of(const struct decimal *decimal, size_t group)
{
    return GROUP_DIGITS * (decimal->weight - (int)group);
}

/* Return the digit with this power of ten, which is between `lowest` and `highest`. */
static int digit_at(const struct decimal *decimal, int power)
{
    static const unsigned factors[GROUP_DIGITS] = {1, 10, 100, 1000};
    int offset = power - power_of(decimal, 0); /* at most 3 */
    size_t group = offset >= 0 ? 0 : (size_t)((-offset + GROUP_DIGITS - 1) / GROUP_DIGITS);

    return (int)(get_16(decimal->groups + 2 * group) / factors[power - power_of(decimal, group)] % 10);
}

static int digit_or_zero(const struct decimal *decimal, int power)
{
    bool is_outside = decimal->is_zero || power > decimal->highest || power < decimal->lowest;

    return is_outside ? 0 : digit_at(decimal, power);
}

/* Find the first and the last digit that is not zero. */
static void find_ends(struct decimal *decimal, size_t count)
{
    size_t first = 0, last = count;

    while (first < count && get_16(decimal->groups + 2 * first) == 0)
        first++;
    decimal->is_zero = first == count;
    if (decimal->is_zero)
        return;
    while (get_16(decimal->groups + 2 * (last - 1)) == 0)
        last--;
    decimal->highest = power_of(decimal, first) + GROUP_DIGITS - 1;
    while (digit_at(decimal, decimal->highest) == 0)
        decimal->highest--;
    decimal->lowest = power_of(decimal, last - 1);
    while (digit_at(decimal, decimal->lowest) == 0)
        decimal->lowest++;
}

static bool set_kind(struct decimal *decimal, unsigned sign)
{
    switch (sign) {
    case SIGN_POSITIVE:
    case SIGN_NEGATIVE:
        decimal->kind = DECIMAL_NUMBER;
        decimal->is_negative = sign == SIGN_NEGATIVE;
        return true;
    case SIGN_NAN:
        decimal->kind = DECIMAL_NAN;
        return true;
    case SIGN_INFINITY:
        decimal->kind = DECIMAL_INFINITY;
        return true;
    case SIGN_MINUS_INFINITY:
        decimal->kind = DECIMAL_MINUS_INFINITY;
        return true;
    default:
        return false;
    }
}

bool ar_decimal_parse(const struct ar_bytes *bytes, struct decimal *out)
{
    const unsigned char *data = bytes->data;
    size_t count;

    if (bytes->size < HEADER)
        return false;
    count = get_16(data);
    if (bytes->size != HEADER + 2 * count)
        return false;
    *out = (struct decimal){.groups = data + HEADER, .weight = (int16_t)get_16(data + 2)};
    if (!set_kind(out, get_16(data + 4)))
        return false;
    for (size_t i = 0; i < count; i++)
        if (get_16(out->groups + 2 * i) >= GROUP)
            return false;
    find_ends(out, count);
    return true;
}

/* ---- To numbers -------------------------------------------------------------------------------------------------- */

enum decimal_fit ar_decimal_to_integer(const struct decimal *decimal, unsigned scale, int64_t *out)
{
    *out = 0;
    if (decimal->kind != DECIMAL_NUMBER)
        return DECIMAL_NOT_FINITE;
    if (decimal->is_zero)
        return DECIMAL_FITS;
    if (decimal->highest + (int)scale > AR_DECIMAL_DIGITS_MAX)
        return DECIMAL_TOO_LARGE;
    if (decimal->lowest < -(int)scale)
        return DECIMAL_INEXACT;
    for (int power = decimal->highest; power >= -(int)scale; power--) {
        int digit = digit_or_zero(decimal, power);
        if (__builtin_mul_overflow(*out, INT64_C(10), out) ||
            __builtin_add_overflow(*out, (int64_t)(decimal->is_negative ? -digit : digit), out))
            return DECIMAL_TOO_LARGE;
    }
    return DECIMAL_FITS;
}

/* More digits than this are never those of a floating-point number: in practice, a double has at most 17. They do not
 * change which double is the nearest one either, unless the number is half-way between two. */
enum { REAL_DIGITS_MAX = 400, REAL_TEXT_SIZE = REAL_DIGITS_MAX + 24 };

/* Return true if `%.*e` printed these digits; the locale decides what is between them. The exponent is the same too:
 * the nearest floating-point number is less than twice as large and more than half as large. */
static bool has_digits(const char *printed, const char *digits)
{
    for (; *printed != 'e'; printed++) {
        if (!ar_is_digit(*printed))
            continue;
        if (*printed != *digits++)
            return false;
    }
    return true;
}

static enum decimal_fit number_to_real(const struct decimal *decimal, bool is_single, double *out)
{
    int count = decimal->highest - decimal->lowest + 1;
    char digits[REAL_TEXT_SIZE], printed[REAL_TEXT_SIZE];
    double limit = is_single ? (double)FLT_MAX : DBL_MAX;

    if (count > REAL_DIGITS_MAX)
        count = REAL_DIGITS_MAX;
    for (int i = 0; i < count; i++)
        digits[i] = (char)('0' + digit_at(decimal, decimal->highest - i));
    /* No decimal point, which the locale decides. */
    (void)snprintf(digits + count, 16, "e%d", decimal->highest - count + 1);
    *out = is_single ? (double)strtof(digits, NULL) : strtod(digits, NULL);
    if (*out > limit || *out == 0)
        return DECIMAL_TOO_LARGE;
    (void)snprintf(printed, sizeof printed, "%.*e", count - 1, *out);
    if (decimal->is_negative)
        *out = -*out;
    if (decimal->highest - count + 1 > decimal->lowest)
        return DECIMAL_INEXACT;
    return has_digits(printed, digits) ? DECIMAL_FITS : DECIMAL_INEXACT;
}

enum decimal_fit ar_decimal_to_real(const struct decimal *decimal, bool is_single, double *out)
{
    *out = 0;
    switch (decimal->kind) {
    case DECIMAL_NUMBER:
        return decimal->is_zero ? DECIMAL_FITS : number_to_real(decimal, is_single, out);
    case DECIMAL_NAN:
        *out = (double)NAN;
        break;
    case DECIMAL_INFINITY:
        *out = (double)INFINITY;
        break;
    case DECIMAL_MINUS_INFINITY:
        *out = -(double)INFINITY;
        break;
    }
    return DECIMAL_FITS;
}

/* ---- To strings -------------------------------------------------------------------------------------------------- */

static void print_number(struct text_buffer *out, const struct decimal *decimal, unsigned scale)
{
    int first = decimal->is_zero || decimal->highest < 0 ? 0 : decimal->highest;
    int last = -(int)scale;

    if (!decimal->is_zero && decimal->lowest < last)
        last = decimal->lowest;
    if (decimal->is_negative && !decimal->is_zero)
        ar_text_buffer_add(out, "-");
    for (int power = first; power >= last; power--)
        ar_text_buffer_add(out, "%s%d", power == -1 ? "." : "", digit_or_zero(decimal, power));
}

void ar_decimal_print(const struct decimal *decimal, unsigned scale, char *to, size_t size)
{
    struct text_buffer buffer = {to, size, 0};

    to[0] = '\0';
    switch (decimal->kind) {
    case DECIMAL_NUMBER:
        print_number(&buffer, decimal, scale);
        break;
    case DECIMAL_NAN:
        ar_text_buffer_add(&buffer, "NaN");
        break;
    case DECIMAL_INFINITY:
        ar_text_buffer_add(&buffer, "Infinity");
        break;
    case DECIMAL_MINUS_INFINITY:
        ar_text_buffer_add(&buffer, "-Infinity");
        break;
    }
}

uint64_t ar_decimal_unit(unsigned scale)
{
    uint64_t unit = 1;

    while (scale-- > 0)
        unit *= 10;
    return unit;
}

static uint64_t magnitude_of(int64_t integer)
{
    return integer < 0 ? -(uint64_t)integer : (uint64_t)integer;
}

void ar_decimal_print_integer(int64_t integer, unsigned scale, char to[AR_DECIMAL_TEXT_SIZE])
{
    uint64_t magnitude = magnitude_of(integer), unit = ar_decimal_unit(scale);
    const char *sign = integer < 0 ? "-" : "";

    if (scale == 0)
        (void)snprintf(to, AR_DECIMAL_TEXT_SIZE, "%s%" PRIu64, sign, magnitude);
    else
        (void)snprintf(to, AR_DECIMAL_TEXT_SIZE, "%s%" PRIu64 ".%0*" PRIu64, sign, magnitude / unit, (int)scale,
                       magnitude % unit);
}

/* ---- From integers ----------------------------------------------------------------------------------------------- */

/* The groups of a number, from the first one that is not zero. */
struct groups {
    unsigned items[(AR_DECIMAL_SIZE_MAX - HEADER) / 2];
    size_t count;
    int weight;
};

static void add_group(struct groups *groups, unsigned group, int weight)
{
    if (groups->count == 0 && group == 0)
        return;
    if (groups->count == 0)
        groups->weight = weight;
    groups->items[groups->count++] = group;
}

/* Add the groups of the digits after the point, `scale` of them. */
static void add_fraction(struct groups *groups, uint64_t fraction, unsigned scale)
{
    for (int weight = -1; scale > 0; weight--) {
        unsigned rest = scale > GROUP_DIGITS ? scale - GROUP_DIGITS : 0;
        uint64_t unit = ar_decimal_unit(rest);
        unsigned padding = (unsigned)ar_decimal_unit(GROUP_DIGITS - (scale - rest));
        add_group(groups, (unsigned)(fraction / unit) * padding, weight);
        fraction %= unit;
        scale = rest;
    }
}

size_t ar_decimal_put_integer(int64_t integer, unsigned scale, char to[AR_DECIMAL_SIZE_MAX])
{
    uint64_t magnitude = magnitude_of(integer), unit = ar_decimal_unit(scale), whole = magnitude / unit;
    struct groups groups = {.count = 0};

    for (int weight = GROUP_DIGITS; weight >= 0; weight--)
        add_group(&groups, (unsigned)(whole / ar_decimal_unit((unsigned)weight * GROUP_DIGITS) % GROUP), weight);
    add_fraction(&groups, magnitude % unit, scale);
    while (groups.count > 0 && groups.items[groups.count - 1] == 0)
        groups.count--;
    put_16(to, (unsigned)groups.count);
    put_16(to + 2, (unsigned)groups.weight & 0xFFFF);
    put_16(to + 4, integer < 0 ? SIGN_NEGATIVE : SIGN_POSITIVE);
    put_16(to + 6, scale);
    for (size_t i = 0; i < groups.count; i++)
        put_16(to + HEADER + 2 * i, groups.items[i]);
    return HEADER + 2 * groups.count;
}

int64_t ar_decimal_largest(const struct ar_column *column)
{
    return (int64_t)ar_decimal_unit(column->precision) - 1;
}
