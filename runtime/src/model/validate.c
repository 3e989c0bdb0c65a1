/* The rules of columns: NOT NULL, length, range, e-mail address, date; and the check that the field's contents are a
 * value. */
#include "model/validate.h"

#include "base/utf8.h"
#include "model/decimal.h"
#include "model/decimal_text.h"
#include "model/field.h"
#include "model/json.h"
#include "model/type_info.h"

#include <inttypes.h>
#include <string.h>

static enum ar_status check_length(const struct ar_column *column, const struct ar_value *value,
                                   struct failure *failure)
{
    size_t count = ar_utf8_count(value->bytes.data, value->bytes.size);

    if (count >= column->rule.length.minimum && count <= column->rule.length.maximum)
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "%s.%s has %zu characters; AR_LENGTH asks for %" PRIu32 " to %" PRIu32, column->model->name,
                   column->field, count, column->rule.length.minimum, column->rule.length.maximum);
}

static enum ar_status fail_decimal_range(const struct ar_column *column, int64_t integer, struct failure *failure)
{
    char number[AR_DECIMAL_TEXT_SIZE], minimum[AR_DECIMAL_TEXT_SIZE], maximum[AR_DECIMAL_TEXT_SIZE];

    ar_decimal_print_integer(integer, column->scale, number);
    ar_decimal_print_integer(column->rule.range.integer.minimum, column->scale, minimum);
    ar_decimal_print_integer(column->rule.range.integer.maximum, column->scale, maximum);
    return ar_fail(failure, AR_INVALID, column->model, column, "%s.%s is %s; AR_RANGE asks for %s to %s",
                   column->model->name, column->field, number, minimum, maximum);
}

static enum ar_status check_range(const struct ar_column *column, const struct ar_value *value, struct failure *failure)
{
    if (value->kind == AR_VALUE_REAL) {
        if (value->real >= column->rule.range.real.minimum && value->real <= column->rule.range.real.maximum)
            return AR_OK;
        return ar_fail(failure, AR_INVALID, column->model, column, "%s.%s is %g; AR_RANGE asks for %g to %g",
                       column->model->name, column->field, value->real, column->rule.range.real.minimum,
                       column->rule.range.real.maximum);
    }
    if (value->integer >= column->rule.range.integer.minimum && value->integer <= column->rule.range.integer.maximum)
        return AR_OK;
    if (column->type == AR_TYPE_DECIMAL)
        return fail_decimal_range(column, value->integer, failure);
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "%s.%s is %" PRId64 "; AR_RANGE asks for %" PRId64 " to %" PRId64, column->model->name,
                   column->field, value->integer, column->rule.range.integer.minimum,
                   column->rule.range.integer.maximum);
}

/* Return true if there are two or more parts with dots between them, none of them empty. */
static bool is_dotted_name(const char *start, const char *end)
{
    if (start == end || *start == '.' || end[-1] == '.' || memchr(start, '.', (size_t)(end - start)) == NULL)
        return false;
    for (const char *each = start + 1; each < end; each++)
        if (each[-1] == '.' && *each == '.')
            return false;
    return true;
}

/* Return true if there is one @, something before it, and a dotted name after it; no white space, no control
 * characters.
 */
static bool looks_like_email(const struct ar_bytes *text)
{
    const char *start = text->data, *end = start + text->size;
    const char *at = memchr(start, '@', text->size);

    if (at == NULL || at == start || memchr(at + 1, '@', (size_t)(end - at - 1)) != NULL)
        return false;
    for (const char *each = start; each < end; each++)
        if ((unsigned char)*each <= ' ' || *each == 0x7F)
            return false;
    return is_dotted_name(at + 1, end);
}

static enum ar_status check_date(const struct ar_column *column, const struct ar_value *value, struct failure *failure)
{
    if (value->time.seconds % 86400 == 0 && value->time.nanoseconds == 0)
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "%s.%s has a time of day, which AR_STORED_AS(date) does not store: it must be midnight in UTC",
                   column->model->name, column->field);
}

static enum ar_status check_decimal_text(const struct ar_column *column, const struct ar_bytes *text,
                                         struct failure *failure)
{
    int length = (int)ar_utf8_prefix(text->data, text->size, 60);

    if (!ar_decimal_text_has_form(column, text))
        return ar_fail(failure, AR_INVALID, column->model, column,
                       "%s.%s is \"%.*s\"; AR_DECIMAL(%u, %u) takes a number with %u digits after the point",
                       column->model->name, column->field, length, (const char *)text->data, column->precision,
                       column->scale, column->scale);
    if (ar_decimal_text_fits(column, text))
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "%s.%s is %.*s; AR_DECIMAL(%u, %u) takes at most %u digits before the point", column->model->name,
                   column->field, length, (const char *)text->data, column->precision, column->scale,
                   (unsigned)column->precision - column->scale);
}

static enum ar_status check_decimal(const struct ar_column *column, const struct ar_value *value,
                                    struct failure *failure)
{
    int64_t largest;
    char number[AR_DECIMAL_TEXT_SIZE];

    if (value->kind == AR_VALUE_TEXT)
        return check_decimal_text(column, &value->bytes, failure);
    largest = ar_decimal_largest(column);
    if (value->integer >= -largest && value->integer <= largest)
        return AR_OK;
    ar_decimal_print_integer(value->integer, column->scale, number);
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "%s.%s is %s; AR_DECIMAL(%u, %u) takes at most %u digits before the point", column->model->name,
                   column->field, number, column->precision, column->scale,
                   (unsigned)column->precision - column->scale);
}

static enum ar_status check_email(const struct ar_column *column, const struct ar_value *value, struct failure *failure)
{
    if (looks_like_email(&value->bytes))
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column, "%s.%s is not an e-mail address: \"%.*s\"",
                   column->model->name, column->field, (int)ar_utf8_prefix(value->bytes.data, value->bytes.size, 80),
                   (const char *)value->bytes.data);
}

static enum ar_status check_json(const struct ar_column *column, const struct ar_value *value, struct failure *failure)
{
    size_t offset;
    const char *error = ar_json_check(value->bytes.data, value->bytes.size, &offset);

    if (error == NULL)
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column, "%s.%s is not JSON: %s at byte %zu", column->model->name,
                   column->field, error, offset);
}

/* A key is checked by the write, and a default by the database, which knows it. */
static bool may_not_be_null(const struct ar_column *column)
{
    return (column->flags & (AR_COLUMN_NOT_NULL | AR_COLUMN_KEY | AR_COLUMN_DEFAULT)) == AR_COLUMN_NOT_NULL;
}

static enum ar_status check_null(const struct ar_column *column, struct failure *failure)
{
    if (!may_not_be_null(column))
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column, "%s.%s is NULL, but AR_NOT_NULL asks for a value",
                   column->model->name, column->field);
}

static enum ar_status fail_value(const struct ar_column *column, struct failure *failure)
{
    return ar_fail(failure, AR_INVALID, column->model, column, "%s.%s cannot be stored: it is %s", column->model->name,
                   column->field, ar_type_info_of(column)->invalid);
}

/* The rules of a value that is not NULL, in the order in which they are checked. */
static const struct {
    unsigned flag; /* of the columns that have it */
    const char *name;
    enum ar_status (*check)(const struct ar_column *column, const struct ar_value *value, struct failure *failure);
} rules[] = {
    {AR_COLUMN_LENGTH, "AR_LENGTH", check_length}, {AR_COLUMN_DECIMAL, "AR_DECIMAL", check_decimal},
    {AR_COLUMN_RANGE, "AR_RANGE", check_range},    {AR_COLUMN_TIME_DATE, "AR_STORED_AS", check_date},
    {AR_COLUMN_EMAIL, "AR_EMAIL", check_email},    {AR_COLUMN_JSON, "AR_JSON", check_json},
};

enum { RULE_COUNT = sizeof rules / sizeof *rules };

bool ar_can_be_invalid(const struct ar_column *column)
{
    const unsigned with_rule =
        AR_COLUMN_LENGTH | AR_COLUMN_DECIMAL | AR_COLUMN_RANGE | AR_COLUMN_EMAIL | AR_COLUMN_TIME_DATE | AR_COLUMN_JSON;

    return (column->flags & with_rule) != 0 || may_not_be_null(column) || ar_type_info_of(column)->invalid != NULL;
}

enum ar_status ar_validate_form(const struct ar_column *column, const struct ar_value *value, struct failure *failure)
{
    if (value->kind == AR_VALUE_OUT_OF_RANGE)
        return ar_fail(failure, AR_INVALID, column->model, column, "%s.%s is %s", column->model->name, column->field,
                       ar_type_info_of(column)->invalid);
    if (value->kind != AR_VALUE_TEXT)
        return AR_OK;
    if ((column->flags & AR_COLUMN_JSON) != 0)
        return check_json(column, value, failure);
    return (column->flags & AR_COLUMN_DECIMAL) != 0 ? check_decimal_text(column, &value->bytes, failure) : AR_OK;
}

enum ar_status ar_validate_next(const struct ar_column *column, const void *record, size_t *next, const char **rule,
                                struct failure *failure)
{
    struct ar_value value;
    size_t first = *next;

    if (first == RULE_COUNT || !ar_can_be_invalid(column))
        return AR_OK;
    *next = RULE_COUNT;
    value = ar_field_value(column, record);
    if (value.kind == AR_VALUE_NULL) {
        *rule = "AR_NOT_NULL";
        return check_null(column, failure);
    }
    if (value.kind == AR_VALUE_OUT_OF_RANGE) {
        *rule = "value";
        return fail_value(column, failure);
    }
    for (size_t i = first; i < RULE_COUNT; i++)
        if ((column->flags & rules[i].flag) != 0 && rules[i].check(column, &value, failure) != AR_OK) {
            *rule = rules[i].name;
            *next = i + 1;
            return AR_INVALID;
        }
    return AR_OK;
}

enum ar_status ar_validate(const struct ar_column *column, const void *record, struct failure *failure)
{
    const char *rule;
    size_t next = 0;

    return ar_validate_next(column, record, &next, &rule, failure);
}
