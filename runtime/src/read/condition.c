/* Conditions of queries: checked, and copied into the store. */
#include "read/condition.h"

#include "base/utf8.h"
#include "driver/statement.h"

#include <math.h>
#include <string.h>

enum ar_status ar_condition_check_column(const struct ar_model *model, const struct ar_column *column,
                                         struct failure *failure)
{
    if (column->model == model)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, model, column,
                   "column %s.%s cannot be used in a query of %s: it belongs to another model", column->model->name,
                   column->field, model->name);
}

/* PostgreSQL would refuse invalid UTF-8, and on SQLite it would match nothing. */
static enum ar_status check_text(const struct ar_column *column, const struct ar_bytes *text, struct failure *failure)
{
    if (ar_utf8_is_valid(text->data, text->size))
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column, "the string for %s.%s is not valid UTF-8",
                   column->model->name, column->field);
}

enum ar_status ar_condition_check_value(const struct ar_column *column, const struct ar_value *value,
                                        struct failure *failure)
{
    if (value->kind == AR_VALUE_TEXT)
        return check_text(column, &value->bytes, failure);
    if (value->kind != AR_VALUE_OUT_OF_RANGE && value->kind != AR_VALUE_OTHER)
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column, "a value for %s.%s exceeds %lld, the largest integer",
                   column->model->name, column->field, (long long)INT64_MAX);
}

enum ar_status ar_condition_take_constant(const struct ar_column *column, struct ar_value *value,
                                          struct failure *failure)
{
    const char *name = NULL;
    int64_t constant;

    if (column->type != AR_TYPE_ENUM_TEXT)
        return AR_OK;
    if (value->kind == AR_VALUE_INTEGER)
        name = ar_enum_name(column, value->integer);
    else if (value->kind == AR_VALUE_TEXT && ar_enum_parse(column, value->bytes.data, &constant))
        return AR_OK;
    *value = ar_value_text(name);
    if (name != NULL)
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "the value for %s.%s is neither a constant of the enum nor the name of one; for NULL, use "
                   "ar_is_null or ar_is_not_null",
                   column->model->name, column->field);
}

/* Turn a literal string into a LIKE pattern: escape its %, _ and \, and add % before it, after it, or both. */
static enum ar_status copy_pattern(struct store *store, enum ar_operator op, const struct ar_value *text,
                                   struct ar_value *out, struct failure *failure)
{
    const char *from = text->bytes.data;
    char *pattern = ar_arena_allocate(&store->text, text->bytes.size * 2 + 3), *to = pattern;

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
    *to = '\0';
    *out = ar_value_bytes(AR_VALUE_TEXT, pattern, (size_t)(to - pattern));
    return AR_OK;
}

/* Refuse a pattern that ends with a lone backslash: PostgreSQL reports an error, and on SQLite it matches nothing. */
static enum ar_status check_pattern(const struct ar_column *column, const struct ar_value *pattern,
                                    struct failure *failure)
{
    const char *text = pattern->bytes.data;
    size_t backslashes = 0;

    while (pattern->kind == AR_VALUE_TEXT && backslashes < pattern->bytes.size &&
           text[pattern->bytes.size - 1 - backslashes] == '\\')
        backslashes++;
    if (backslashes % 2 == 0)
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column,
                   "the pattern for %s.%s ends with a backslash that escapes nothing: write two for a literal "
                   "backslash, or call ar_contains, ar_starts_with or ar_ends_with for a literal string",
                   column->model->name, column->field);
}

/* Check a value and copy what it refers to. */
static enum ar_status copy_value(struct store *store, const struct ar_column *column, struct ar_value *value,
                                 struct failure *failure)
{
    enum ar_status status = ar_condition_check_value(column, value, failure);

    /* In PostgreSQL, NaN equals itself and is greater than all numbers. SQLite turns it into NULL, and NOT IN would
     * match nothing. */
    if (status == AR_OK && value->kind == AR_VALUE_REAL && isnan(value->real))
        return ar_fail(failure, AR_INVALID, column->model, column,
                       "a condition on %s.%s contains NaN, which cannot be compared", column->model->name,
                       column->field);
    if (status != AR_OK || (value->kind != AR_VALUE_TEXT && value->kind != AR_VALUE_BLOB))
        return status;
    value->bytes.data = ar_arena_copy_text(&store->text, value->bytes.data, value->bytes.size);
    return value->bytes.data != NULL ? AR_OK : ar_fail_no_memory(failure);
}

/* ---- IN ---------------------------------------------------------------------------------------------------------- */

static struct ar_value item_value(const struct ar_term *term, size_t i)
{
    const void *items = term->value.bytes.data;

    switch (term->item_type) {
    case AR_ITEMS_INT64:
        return ar_value_integer(((const int64_t *)items)[i]);
    case AR_ITEMS_UINT64:
        return ar_value_unsigned(((const uint64_t *)items)[i]);
    case AR_ITEMS_DOUBLE:
        return ar_value_real(((const double *)items)[i]);
    case AR_ITEMS_TEXT:
        return ar_value_text(((const char *const *)items)[i]);
    case AR_ITEMS_UUID:
        break;
    }
    return ar_value_uuid((const uint8_t *)items + i * 16);
}

/* Turn the items of an IN into a key set: one parameter, so that the SQL text does not depend on their number. A NULL
 * string equals nothing and is left out. */
static enum ar_status copy_items(struct store *store, struct ar_term *term, struct failure *failure)
{
    struct key_set *set = ar_arena_allocate_zero(&store->objects, sizeof *set);
    size_t count = term->value.bytes.size;
    struct ar_value *values;
    enum ar_type *type = ar_arena_allocate(&store->objects, sizeof *type);

    if (set == NULL || type == NULL || count > SIZE_MAX / sizeof *values)
        return ar_fail_no_memory(failure);
    values = ar_arena_allocate(&store->objects, count * sizeof *values);
    if (values == NULL)
        return ar_fail_no_memory(failure);
    for (size_t i = 0; i < count; i++) {
        struct ar_value *value = &values[set->count];
        enum ar_status status = AR_OK;
        *value = item_value(term, i);
        if (value->kind == AR_VALUE_NULL)
            continue;
        if (term->item_type == AR_ITEMS_INT64)
            status = ar_condition_take_constant(term->column, value, failure);
        if (status == AR_OK)
            status = copy_value(store, term->column, value, failure);
        if (status != AR_OK)
            return status;
        set->count++;
    }
    *type = term->column->type;
    *set = (struct key_set){
        .count = set->count, .column_count = 1, .values = values, .types = type, .has_column_types = true};
    term->value.bytes.data = set;
    return AR_OK;
}

/* ---- The expression ---------------------------------------------------------------------------------------------- */

static bool is_list(const struct ar_term *term)
{
    return term->op == AR_OP_ALL_OF || term->op == AR_OP_ANY_OF;
}

/* Add the number of terms of a condition, and of the lists in it, to `count`. */
static enum ar_status count_terms(const struct ar_model *model, const struct ar_condition *condition, size_t *count,
                                  struct failure *failure)
{
    enum ar_status status = AR_OK;

    if (condition->count == 0)
        return ar_fail(failure, AR_MISUSE, model, NULL, "a condition on %s is empty", model->name);
    if (condition->count > AR_CONDITION_TERMS)
        return ar_fail(failure, AR_MISUSE, model, NULL,
                       "a condition on %s has more than %d comparisons, ands, ors and nots: split it into "
                       "several calls of %s_where, or join an array of conditions with ar_all_of or ar_any_of",
                       model->name, AR_CONDITION_TERMS, model->name);
    *count += condition->count;
    for (size_t i = 0; i < condition->count; i++) {
        const struct ar_term *term = &condition->terms[i];
        const struct ar_condition *list = term->value.bytes.data;
        for (size_t j = 0; is_list(term) && j < term->value.bytes.size && status == AR_OK; j++)
            status = count_terms(model, &list[j], count, failure);
    }
    return status;
}

/* Copy the terms, and each list as an AND or OR. Return the position of the next term. */
static struct ar_term *copy_terms(const struct ar_condition *condition, struct ar_term *to)
{
    for (size_t i = 0; i < condition->count; i++) {
        const struct ar_term *term = &condition->terms[i];
        const struct ar_condition *list = term->value.bytes.data;
        *to++ = *term;
        if (!is_list(term))
            continue;
        to[-1].op = term->op == AR_OP_ALL_OF ? AR_OP_AND : AR_OP_OR;
        to[-1].operand_count = (uint32_t)term->value.bytes.size;
        for (size_t j = 0; j < term->value.bytes.size; j++)
            to = copy_terms(&list[j], to);
    }
    return to;
}

/* Check a comparison and copy what it refers to. */
static enum ar_status copy_comparison(struct store *store, const struct ar_model *model, struct ar_term *term,
                                      struct failure *failure)
{
    enum ar_status status = ar_condition_check_column(model, term->column, failure);

    if (status != AR_OK)
        return status;
    switch (term->op) {
    case AR_OP_CONTAINS:
    case AR_OP_STARTS_WITH:
    case AR_OP_ENDS_WITH:
        if (term->value.kind == AR_VALUE_NULL)
            return AR_OK;
        status = check_text(term->column, &term->value.bytes, failure);
        return status == AR_OK ? copy_pattern(store, term->op, &term->value, &term->value, failure) : status;
    case AR_OP_IN:
    case AR_OP_NOT_IN:
        return copy_items(store, term, failure);
    case AR_OP_IS_NULL:
    case AR_OP_IS_NOT_NULL:
        return AR_OK;
    case AR_OP_LIKE:
        status = check_pattern(term->column, &term->value, failure);
        break;
    case AR_OP_EQ:
    case AR_OP_NE:
    case AR_OP_LT:
    case AR_OP_LE:
    case AR_OP_GT:
    case AR_OP_GE:
        status = ar_condition_take_constant(term->column, &term->value, failure);
        break;
    case AR_OP_AND:
    case AR_OP_OR:
    case AR_OP_NOT:
    case AR_OP_ALL_OF:
    case AR_OP_ANY_OF:
        break;
    }
    return status == AR_OK ? copy_value(store, term->column, &term->value, failure) : status;
}

enum ar_status ar_condition_copy(struct store *store, const struct ar_model *model,
                                 const struct ar_condition *condition, const struct ar_term **out,
                                 struct failure *failure)
{
    size_t count = 0;
    enum ar_status status = count_terms(model, condition, &count, failure);
    struct ar_term *terms;

    if (status != AR_OK)
        return status;
    terms = count <= UINT32_MAX ? ar_arena_allocate(&store->objects, count * sizeof *terms) : NULL;
    if (terms == NULL)
        return ar_fail_no_memory(failure);
    (void)copy_terms(condition, terms);
    for (size_t i = 0; i < count && status == AR_OK; i++)
        if (terms[i].op < AR_OP_AND)
            status = copy_comparison(store, model, &terms[i], failure);
    *out = terms;
    return status;
}
