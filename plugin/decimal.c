/* AR_DECIMAL and AR_INTERVAL: arguments, numbers, checks. */
#include "decimal.h"
#include "read_type.h"

#include <inttypes.h>
#include <string.h>

enum { PRECISION_MAX = 1000 }; /* of numeric in PostgreSQL */

/* ---- Arguments --------------------------------------------------------------------------------------------------- */

static void read_digits(const struct reading *reading, uint16_t *precision, uint16_t *scale)
{
    const struct annotation_value *values = reading->annotation.values;
    int64_t digits, after;
    if (!reading_integer(&values[0], &digits))
        reading_fail_number(reading, &values[0], "the number of digits");
    else if (!reading_integer(&values[1], &after))
        reading_fail_number(reading, &values[1], "the number of digits after the point");
    else if (digits < 1 || digits > PRECISION_MAX)
        reading_fail(reading, "the number of digits is not between 1 and %d", PRECISION_MAX);
    else if (after < 0 || after > digits)
        reading_fail(reading, "the number of digits after the point is not between 0 and %" PRId64, digits);
    else {
        *precision = (uint16_t)digits;
        *scale = (uint16_t)after;
    }
}

void read_decimal(const struct reading *reading, struct member *member)
{
    uint16_t precision = 1, scale = 0; /* after an error, report no others that follow from it */
    read_digits(reading, &precision, &scale);
    member->precision = precision;
    member->scale = scale;
    member->sql_type = arena_print(reading->set->arena, "numeric(%u, %u)", member->precision, member->scale);
}

void decimal_finish_type(struct arena *arena, struct member *member)
{
    bool is_wide = member->type == AR_TYPE_INT64;
    if (member->unmapped != NULL || member->is_enum)
        return;
    if (member->precision > 0 && (is_wide || member->type == AR_TYPE_INT32 || member->type == AR_TYPE_INT16))
        member->type = AR_TYPE_DECIMAL;
    else if (member->precision > 0 && ar_type_is_text(member->type))
        member->cast = read_type_cast(arena, member->sql_type);
    else if (member_has(member, ATTRIBUTE_INTERVAL) && is_wide)
        member->type = AR_TYPE_INTERVAL;
}

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* Append a digit to a number, which has the sign of the digit. */
static bool append(int64_t *number, int digit)
{
    return !__builtin_mul_overflow(*number, INT64_C(10), number) &&
           !__builtin_add_overflow(*number, (int64_t)digit, number);
}

bool decimal_parse(const char *text, unsigned scale, int64_t *out)
{
    int sign = *text == '-' ? -1 : 1;
    unsigned after = 0;
    bool has_point = false, has_digit = false;
    text += *text == '-' || *text == '+';
    *out = 0;
    for (; is_digit(*text) || (*text == '.' && !has_point); text++) {
        if (*text == '.') {
            has_point = true;
            continue;
        }
        has_digit = true;
        if (has_point && after == scale && *text == '0')
            continue;
        if ((has_point && after++ == scale) || !append(out, sign * (*text - '0')))
            return false;
    }
    for (; after < scale; after++)
        if (!append(out, 0))
            return false;
    return has_digit && *text == '\0';
}

unsigned decimal_digits(uint32_t size)
{
    return size == 2 ? 4 : size == 4 ? 9 : 18;
}

int64_t decimal_largest(const struct member *column)
{
    int64_t number = 1;
    for (unsigned i = 0; i < column->precision; i++)
        number *= 10;
    return number - 1;
}

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

static bool has_room(const struct member *column, int64_t number)
{
    int64_t largest = decimal_largest(column);
    return number >= -largest && number <= largest;
}

static void check_precision(struct model_set *set, const struct member *column)
{
    unsigned digits = decimal_digits(column->size);
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_DECIMAL],
                     "AR_DECIMAL: `%s` is `%s`, which holds %u digits, not %u", column->field, column->spelling, digits,
                     column->precision);
    diagnostic_help(set->diagnostics, column->precision <= decimal_digits(sizeof(int32_t)) ? "use int32_t"
                                      : column->precision <= decimal_digits(sizeof(int64_t))
                                          ? "use int64_t"
                                          : "declare at most 18 digits");
}

static void check_range(struct model_set *set, const struct member *column)
{
    if (!member_has(column, ATTRIBUTE_RANGE) ||
        (has_room(column, column->minimum_integer) && has_room(column, column->maximum_integer)))
        return;
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_RANGE],
                     "AR_RANGE: a bound has more digits before the point than AR_DECIMAL(%u, %u) takes",
                     column->precision, column->scale);
}

/* Return the number in the form in which a string is stored, which has any number of digits; NULL if it does not fit.
 */
static const char *text_default(struct arena *arena, const struct member *column)
{
    static const char digits[] = "0123456789";
    const char *sign = *column->default_sql == '-' ? "-" : "";
    const char *whole = column->default_sql + (*column->default_sql == '-' || *column->default_sql == '+');
    size_t whole_count = strspn(whole, digits);
    const char *after = whole + whole_count + (whole[whole_count] == '.');
    size_t after_count = strspn(after, digits), zeros = strspn(whole, "0");
    if (whole_count + after_count == 0 || after[after_count] != '\0')
        return NULL;
    while (after_count > column->scale && after[after_count - 1] == '0')
        after_count--;
    if (after_count > column->scale || whole_count - zeros > column->precision - (size_t)column->scale)
        return NULL;
    if (zeros == whole_count && strspn(after, "0") >= after_count)
        sign = "";
    return arena_print(arena, "'%s%s%.*s%s%.*s%.*d'", sign, zeros == whole_count ? "0" : "", (int)(whole_count - zeros),
                       whole + zeros, column->scale > 0 ? "." : "", (int)after_count, after,
                       (int)(column->scale - after_count), 0);
}

const char *decimal_default(struct arena *arena, const struct member *column)
{
    int64_t number;
    if (ar_type_is_text(column->type))
        return text_default(arena, column);
    if (!decimal_parse(column->default_sql, column->scale, &number) || !has_room(column, number))
        return NULL;
    return arena_print(arena, "%" PRId64, number);
}

/* SQLite stores decimals in another form, so that an expression would not have the same value on both databases. */
static void check_default(struct model_set *set, const struct member *column)
{
    int64_t number;
    bool is_decimal = column->precision > 0;
    if (column->default_sql == NULL ||
        (is_decimal ? decimal_default(set->arena, column) != NULL : decimal_parse(column->default_sql, 0, &number)))
        return;
    diagnostic_error(
        set->diagnostics, column->kind_at[ATTRIBUTE_DEFAULT], "AR_DEFAULT: `%s` is not %s", column->default_sql,
        is_decimal ? arena_print(set->arena, "a number that AR_DECIMAL(%u, %u) holds", column->precision, column->scale)
                   : "a number of microseconds");
    diagnostic_help(set->diagnostics, "write %s",
                    is_decimal ? "the number itself: AR_DEFAULT(\"9.99\")" : "an integer: AR_DEFAULT(\"60000000\")");
}

/* A char[N] needs room for all digits, the sign, the point and the terminator. */
static void check_size(struct model_set *set, const struct member *column)
{
    unsigned size =
        column->precision + (column->precision == column->scale ? 1u : 0u) + (column->scale > 0 ? 1u : 0u) + 2u;
    if (column->type != AR_TYPE_CHARS || column->size >= size)
        return;
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_DECIMAL],
                     "AR_DECIMAL: `%s` is `%s`, which is too small for %u digits", column->field, column->spelling,
                     column->precision);
    diagnostic_help(set->diagnostics, "with sign, point and terminator, the number needs char[%u]", size);
}

static bool member_is_decimal_text(const struct member *column)
{
    return column->precision > 0 && ar_type_is_text(column->type);
}

void check_decimal(struct model_set *set, const struct member *column)
{
    bool is_decimal = column->type == AR_TYPE_DECIMAL;
    if (is_decimal && column->precision > decimal_digits(column->size)) {
        check_precision(set, column);
        return;
    }
    if (is_decimal)
        check_range(set, column);
    if (member_is_decimal_text(column))
        check_size(set, column);
    if (is_decimal || member_is_decimal_text(column) || column->type == AR_TYPE_INTERVAL)
        check_default(set, column);
}
