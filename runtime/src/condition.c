/* Conditions that a query keeps: checked, and copied into the session's memory. */
#include "condition.h"

#include "session.h"

#include <string.h>

enum ar_status ar_condition_check_column(const struct ar_model *model, const struct ar_column *column,
                                         struct failure *failure)
{
    if (column->model == model)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, model, column, "column %s.%s in a query of %s: it belongs to another model",
                   column->model->name, column->field, model->name);
}

/* An enum's constant itself is no text: 0 would be a NULL, and a text that names no constant matches nothing. */
static enum ar_status check_constant(const struct ar_column *column, const struct ar_value *value,
                                     struct failure *failure)
{
    for (const struct ar_enum_name *each = column->names; value->kind == AR_VALUE_TEXT && each->name != NULL; each++)
        if (strlen(each->name) == value->bytes.size && memcmp(each->name, value->bytes.data, value->bytes.size) == 0)
            return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "a value for %s.%s is not the name of one of the enum's constants; for NULL there are ar_is_null "
                   "and ar_is_not_null",
                   column->model->name, column->field);
}

enum ar_status ar_condition_check_value(const struct ar_column *column, const struct ar_value *value,
                                        struct failure *failure)
{
    if (value->kind != AR_VALUE_OUT_OF_RANGE)
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column, "a value for %s.%s is above %lld, the largest integer",
                   column->model->name, column->field, (long long)INT64_MAX);
}

/* A literal text as a LIKE pattern: with % before or behind it, and its own %, _ and \ escaped. */
static enum ar_status copy_pattern(struct ar_session *s, enum ar_operator op, const struct ar_value *text,
                                   struct ar_value *out, struct failure *failure)
{
    const char *from = text->bytes.data;
    char *pattern = ar_arena_allocate(&s->text, text->bytes.size * 2 + 2), *to = pattern;

    if (pattern == NULL)
        return ar_fail_no_memory(failure);
    if (op != AR_OP_STARTS_WITH)
        *to++ = '%';
    for (size_t i = 0; i < text->bytes.size; i++) {
        if (from[i] == '%' || from[i] == '_' || from[i] == '\\')
            *to++ = '\\';
        *to++ = from[i];
    }
    if (op != AR_OP_ENDS_WITH)
        *to++ = '%';
    *out = ar_value_bytes(AR_VALUE_TEXT, pattern, (size_t)(to - pattern));
    return AR_OK;
}

static enum ar_status copy_value(struct ar_session *s, const struct ar_column *column, const struct ar_value *value,
                                 struct ar_value *out, struct failure *failure)
{
    enum ar_status status = ar_condition_check_value(column, value, failure);

    *out = *value;
    if (status != AR_OK || (value->kind != AR_VALUE_TEXT && value->kind != AR_VALUE_BLOB))
        return status;
    out->bytes.data = ar_arena_copy_text(&s->text, value->bytes.data, value->bytes.size);
    return out->bytes.data != NULL ? AR_OK : ar_fail_no_memory(failure);
}

/* ---- IN ---------------------------------------------------------------------------------------------------------- */

static struct ar_value item_value(const struct ar_condition *condition, size_t i)
{
    switch (condition->item_type) {
    case AR_ITEMS_INT64:
        return ar_value_integer(((const int64_t *)condition->items)[i]);
    case AR_ITEMS_UINT64:
        return ar_value_unsigned(((const uint64_t *)condition->items)[i]);
    case AR_ITEMS_DOUBLE:
        return ar_value_real(((const double *)condition->items)[i]);
    case AR_ITEMS_TEXT:
        return ar_value_text(((const char *const *)condition->items)[i]);
    case AR_ITEMS_UUID:
        break;
    }
    return ar_value_uuid((const uint8_t *)condition->items + i * 16);
}

/* The items as a key set, so that any number of them is one parameter of one statement text. A NULL text equals
 * nothing and is left out. */
static enum ar_status copy_items(struct ar_session *s, const struct ar_condition *condition, struct ar_condition *out,
                                 struct failure *failure)
{
    struct key_set *set = ar_arena_allocate_zero(&s->objects, sizeof *set);
    struct ar_value *values;
    enum ar_type *type = ar_arena_allocate(&s->objects, sizeof *type);

    if (set == NULL || type == NULL || condition->count > SIZE_MAX / sizeof *values)
        return ar_fail_no_memory(failure);
    values = ar_arena_allocate(&s->objects, condition->count * sizeof *values);
    if (values == NULL)
        return ar_fail_no_memory(failure);
    for (size_t i = 0; i < condition->count; i++) {
        struct ar_value value = item_value(condition, i);
        enum ar_status status = AR_OK;
        if (value.kind == AR_VALUE_NULL)
            continue;
        status = copy_value(s, condition->column, &value, &values[set->count++], failure);
        if (status != AR_OK)
            return status;
    }
    *type = condition->column->type;
    *set = (struct key_set){.count = set->count, .column_count = 1, .values = values, .types = type};
    out->items = set;
    return AR_OK;
}

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

static enum ar_status copy_operands(struct ar_session *s, const struct ar_model *model,
                                    const struct ar_condition *condition, struct ar_condition *out,
                                    struct failure *failure)
{
    const struct ar_condition *from = condition->items;
    struct ar_condition *to = ar_arena_allocate(&s->objects, condition->count * sizeof *to);

    if (to == NULL)
        return ar_fail_no_memory(failure);
    for (size_t i = 0; i < condition->count; i++) {
        enum ar_status status = ar_condition_copy(s, model, &from[i], &to[i], failure);
        if (status != AR_OK)
            return status;
    }
    out->items = to;
    return AR_OK;
}

enum ar_status ar_condition_copy(struct ar_session *s, const struct ar_model *model,
                                 const struct ar_condition *condition, struct ar_condition *out,
                                 struct failure *failure)
{
    enum ar_status status;

    *out = *condition;
    if (condition->op == AR_OP_AND || condition->op == AR_OP_OR || condition->op == AR_OP_NOT)
        return copy_operands(s, model, condition, out, failure);
    status = ar_condition_check_column(model, condition->column, failure);
    if (status != AR_OK)
        return status;
    switch (condition->op) {
    case AR_OP_CONTAINS:
    case AR_OP_STARTS_WITH:
    case AR_OP_ENDS_WITH:
        if (condition->low.kind == AR_VALUE_NULL)
            return AR_OK;
        return copy_pattern(s, condition->op, &condition->low, &out->low, failure);
    case AR_OP_IN:
    case AR_OP_NOT_IN:
        return copy_items(s, condition, out, failure);
    default:
        if (condition->column->type == AR_TYPE_ENUM_TEXT && condition->op <= AR_OP_BETWEEN)
            status = check_constant(condition->column, &condition->low, failure);
        if (status != AR_OK)
            return status;
        status = copy_value(s, condition->column, &condition->low, &out->low, failure);
        return status == AR_OK ? copy_value(s, condition->column, &condition->high, &out->high, failure) : status;
    }
}
