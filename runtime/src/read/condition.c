/* Conditions of queries: checked, and copied into the store. */
#include "read/condition.h"

#include "base/utf8.h"
#include "driver/statement.h"
#include "model/array.h"
#include "model/decimal_text.h"
#include "model/field.h"
#include "model/type_info.h"
#include "read/json_path.h"
#include "read/pattern.h"

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
    if (value->kind == AR_VALUE_TEXT && ar_column_has_decimal_text(column) &&
        !ar_decimal_text_has_form(column, &value->bytes))
        return ar_fail(failure, AR_INVALID, column->model, column,
                       "the string for %s.%s is not a number with %u digits after the point", column->model->name,
                       column->field, column->scale);
    if (value->kind == AR_VALUE_TEXT)
        return check_text(column, &value->bytes, failure);
    if (!ar_value_exists(value))
        return ar_fail(failure, AR_INVALID, column->model, column, "the value for %s.%s is %s", column->model->name,
                       column->field, ar_type_info_of(column)->invalid);
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

/* Check an array and copy it. */
static enum ar_status copy_array(struct store *store, const struct ar_column *column, struct ar_value *value,
                                 struct failure *failure)
{
    struct ar_texts array = {value->bytes.data, value->bytes.size}; /* or struct ar_int64s, which has the same layout */
    void *items = NULL;

    if (ar_array_value(column->type, &array).kind == AR_VALUE_OUT_OF_RANGE)
        return ar_fail(failure, AR_INVALID, column->model, column, "a value for %s.%s is an array with a NULL string",
                       column->model->name, column->field);
    items = ar_arena_allocate_aligned(&store->text, ar_array_size(column->type, &array), AR_ARRAY_ALIGNMENT);
    if (items == NULL)
        return ar_fail_no_memory(failure);
    ar_array_move(column->type, items, &array);
    value->bytes.data = array.items;
    return AR_OK;
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
    if (status == AR_OK && value->kind == AR_VALUE_ARRAY)
        return copy_array(store, column, value, failure);
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
    case AR_ITEMS_TIME:
        return ar_value_time(((const time_t *)items)[i]);
    case AR_ITEMS_TIMESPEC:
        return ar_value_timespec(((const struct timespec *)items)[i]);
    case AR_ITEMS_DATE:
        return ar_value_date(((const struct ar_date *)items)[i]);
    case AR_ITEMS_TIME_OF_DAY:
        return ar_value_time_of_day(((const struct ar_time_of_day *)items)[i]);
    case AR_ITEMS_BYTES:
        break;
    }
    return ar_value_fixed((const uint8_t *)items + i * term->column->size, term->column->size);
}

/* Turn the items of an IN into a key set: one parameter, so that the SQL text does not depend on their number. A NULL
 * string equals nothing and is left out. */
static enum ar_status copy_items(struct store *store, struct ar_term *term, struct failure *failure)
{
    struct key_set *set = ar_arena_allocate_zero(&store->objects, sizeof *set);
    size_t count = term->value.bytes.size;
    struct ar_value *values;
    const struct ar_column **column = ar_arena_allocate(&store->objects, sizeof *column);

    if (set == NULL || column == NULL || count > SIZE_MAX / sizeof *values)
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
    *column = term->column;
    *set = (struct key_set){
        .count = set->count, .column_count = 1, .values = values, .columns = column, .has_column_types = true};
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

/* A condition that is being copied: on rows of a model, to which a relation leads unless it is the query's. */
struct copying {
    struct store *store;
    struct failure *failure;
    const struct ar_model *model;
    const struct ar_relation *relation; /* NULL: of the query's model */
};

/* Refuse a column or relation of another model. */
static enum ar_status fail_other_model(const struct copying *copying, const char *kind, const struct ar_model *owner,
                                       const char *name)
{
    const struct ar_relation *relation = copying->relation;

    if (relation == NULL)
        return ar_fail(copying->failure, AR_MISUSE, copying->model, NULL,
                       "%s %s.%s cannot be used in a query of %s: it belongs to another model", kind, owner->name, name,
                       copying->model->name);
    return ar_fail(copying->failure, AR_MISUSE, copying->model, NULL,
                   "%s %s.%s cannot be used in a condition on %s, the target of %s.%s: it belongs to another model",
                   kind, owner->name, name, copying->model->name, relation->owner->name, relation->name);
}

static enum ar_status check_column(const struct copying *copying, const struct ar_column *column)
{
    if (copying->relation == NULL || column->model == copying->model)
        return ar_condition_check_column(copying->model, column, copying->failure);
    return fail_other_model(copying, "column", column->model, column->field);
}

static bool is_same_enum(const struct ar_column *column, const struct ar_column *other)
{
    const struct ar_enum_name *a = column->names, *b = other->names;

    if (a == b || column->type != AR_TYPE_ENUM_TEXT)
        return true;
    for (; a->name != NULL && b->name != NULL; a++, b++)
        if (strcmp(a->name, b->name) != 0)
            return false;
    return a->name == NULL && b->name == NULL;
}

/* Return true if one of the columns is an integer in units that its type decides. */
static bool is_scaled(const struct ar_column *column, const struct ar_column *other)
{
    return column->type == AR_TYPE_DECIMAL || column->type == AR_TYPE_INTERVAL || other->type == AR_TYPE_DECIMAL ||
           other->type == AR_TYPE_INTERVAL || ar_column_has_decimal_text(column) != ar_column_has_decimal_text(other);
}

/* The types of the handles fit, but two strings may be names of different enums, integers may have different units, and
 * times and UUIDs different forms. */
static enum ar_status check_columns(const struct copying *copying, const struct ar_term *term)
{
    const uint32_t forms = AR_COLUMN_TIME_TEXT | AR_COLUMN_TIME_DATE | AR_COLUMN_TIME_ISO;
    const uint32_t zone = AR_COLUMN_WITHOUT_ZONE;
    const struct ar_column *column = term->column, *other = term->other;
    enum ar_status status = check_column(copying, column);

    if (status == AR_OK)
        status = check_column(copying, other);
    if (status != AR_OK)
        return status;
    if (!is_same_enum(column, other))
        return ar_fail(copying->failure, AR_MISUSE, column->model, column,
                       "%s.%s and %s.%s cannot be compared: they hold constants of different enums",
                       column->model->name, column->field, other->model->name, other->field);
    if (is_scaled(column, other) && (column->type != other->type || column->scale != other->scale ||
                                     (column->flags & AR_COLUMN_DECIMAL) != (other->flags & AR_COLUMN_DECIMAL)))
        return ar_fail(copying->failure, AR_MISUSE, column->model, column,
                       "%s.%s and %s.%s cannot be compared: they have different units (AR_DECIMAL, AR_INTERVAL)",
                       column->model->name, column->field, other->model->name, other->field);
    if ((column->flags & zone) != (other->flags & zone))
        return ar_fail(copying->failure, AR_MISUSE, column->model, column,
                       "%s.%s and %s.%s cannot be compared: PostgreSQL stores only one of them without a time zone "
                       "(AR_WITHOUT_ZONE)",
                       column->model->name, column->field, other->model->name, other->field);
    if ((column->flags & forms) != (other->flags & forms) ||
        (column->type == AR_TYPE_UUID_TEXT) != (other->type == AR_TYPE_UUID_TEXT) ||
        ((column->flags & AR_COLUMN_TIME_ISO) != 0 && column->scale != other->scale))
        return ar_fail(copying->failure, AR_MISUSE, column->model, column,
                       "%s.%s and %s.%s cannot be compared: they are stored in different forms (AR_STORED_AS)",
                       column->model->name, column->field, other->model->name, other->field);
    return AR_OK;
}

static enum ar_status fail_pattern(const struct copying *copying, const struct ar_column *column)
{
    return ar_fail(copying->failure, AR_MISUSE, column->model, column,
                   "%s.%s is a decimal number, which no pattern matches: compare it with ar_eq, ar_lt and so on",
                   column->model->name, column->field);
}

/* Copy the value that a column is compared with. */
static enum ar_status copy_comparison(const struct copying *copying, struct ar_term *term)
{
    bool is_equality = term->op == AR_OP_EQ || term->op == AR_OP_NE || term->op == AR_OP_HAS_ITEM;

    if (ar_type_is_array(term->column->type) && !is_equality)
        return ar_fail(copying->failure, AR_MISUSE, term->column->model, term->column,
                       "%s.%s is an array: arrays are compared by ar_eq, ar_ne and ar_contains only",
                       term->column->model->name, term->column->field);
    bool folds = term->op == AR_OP_EQ && term->letter_case == AR_CASE_IGNORED;
    enum ar_status status = AR_OK;

    if (folds && ar_column_has_decimal_text(term->column))
        return fail_pattern(copying, term->column);
    if (!folds) /* otherwise the string need not be the name of a constant */
        status = ar_condition_take_constant(term->column, &term->value, copying->failure);
    if (status == AR_OK)
        status = copy_value(copying->store, term->column, &term->value, copying->failure);
    if (status == AR_OK && folds)
        status = ar_pattern_fold(&copying->store->text, &term->value, copying->failure);
    return status;
}

/* Copy the pattern of LIKE, or make it of a literal string. */
static enum ar_status copy_pattern(const struct copying *copying, struct ar_term *term)
{
    enum ar_status status;

    if (ar_column_has_decimal_text(term->column))
        return fail_pattern(copying, term->column);
    if (term->value.kind == AR_VALUE_NULL)
        return AR_OK;
    status = check_text(term->column, &term->value.bytes, copying->failure);
    if (status == AR_OK && term->op == AR_OP_LIKE) {
        status = ar_pattern_check(term->column, &term->value, copying->failure);
        if (status == AR_OK)
            status = copy_value(copying->store, term->column, &term->value, copying->failure);
    } else if (status == AR_OK) {
        status = ar_pattern_of_literal(&copying->store->text, term->op, &term->value, &term->value, copying->failure);
    }
    if (status == AR_OK && term->letter_case == AR_CASE_IGNORED)
        status = ar_pattern_fold(&copying->store->text, &term->value, copying->failure);
    return status;
}

static enum ar_status copy_term(const struct copying *copying, struct ar_term **next);

static enum ar_status copy_operands(const struct copying *copying, uint32_t count, struct ar_term **next)
{
    enum ar_status status = AR_OK;

    for (uint32_t i = 0; i < count && status == AR_OK; i++)
        status = copy_term(copying, next);
    return status;
}

/* Check a condition on related rows; its operand is about rows of the relation's target. */
static enum ar_status copy_related(const struct copying *copying, const struct ar_term *term, struct ar_term **next)
{
    const struct ar_relation *relation = term->related.relation;
    const struct copying related = {copying->store, copying->failure, relation->target, relation};

    if (relation->owner != copying->model)
        return fail_other_model(copying, "relation", relation->owner, relation->name);
    if ((unsigned)term->related.comparison > AR_GE)
        return ar_fail(copying->failure, AR_MISUSE, copying->model, NULL,
                       "the number of rows of %s.%s is compared by %d, which is not one of AR_EQ to AR_GE",
                       relation->owner->name, relation->name, (int)term->related.comparison);
    return copy_operands(&related, term->operand_count, next);
}

static enum ar_status fail_json(const struct copying *copying, const struct ar_term *json, const char *reason)
{
    const struct ar_column *column = json->column;

    return ar_fail(copying->failure, AR_MISUSE, column->model, column, "a condition on a part of %s.%s %s",
                   column->model->name, column->field, reason);
}

/* Check a condition on a part of a JSON column, whose operand compares the part. */
static enum ar_status copy_json(const struct copying *copying, struct ar_term *json, struct ar_term **next)
{
    const struct ar_term *operand = *next;
    enum ar_status status = check_column(copying, json->column);

    if (status != AR_OK)
        return status;
    if (json->value.kind == AR_VALUE_NULL || !ar_json_path_is_valid(json->value.bytes.data))
        return fail_json(copying, json, "has a malformed path: expected one like a.b, a[0] or \"a b\".c");
    status = copy_value(copying->store, json->column, &json->value, copying->failure);
    if (status != AR_OK || json->json_kind == AR_JSON_EXISTS)
        return status;
    if (json->json_kind == AR_JSON_BOOL && operand->op != AR_OP_EQ && operand->op != AR_OP_NE)
        return fail_json(copying, json, "compares a boolean, which only ar_eq and ar_ne can");
    if (operand->op != AR_OP_IN && operand->op != AR_OP_NOT_IN && operand->value.kind == AR_VALUE_NULL)
        return fail_json(copying, json, "compares with NULL: use ar_not(ar_json_exists(...))");
    return copy_term(copying, next);
}

/* Check a term and its operands, and copy what they refer to. *next moves to the term after them. */
static enum ar_status copy_term(const struct copying *copying, struct ar_term **next)
{
    struct ar_term *term = (*next)++;
    enum ar_status status;

    switch (term->op) {
    case AR_OP_AND:
    case AR_OP_OR:
    case AR_OP_NOT:
        return copy_operands(copying, term->operand_count, next);
    case AR_OP_HAS:
    case AR_OP_HAS_COUNT:
        return copy_related(copying, term, next);
    case AR_OP_JSON:
        return copy_json(copying, term, next);
    case AR_OP_COLUMNS:
        return check_columns(copying, term);
    case AR_OP_IS_NULL:
    case AR_OP_IS_NOT_NULL:
        return check_column(copying, term->column);
    case AR_OP_IN:
    case AR_OP_NOT_IN:
        status = check_column(copying, term->column);
        return status == AR_OK ? copy_items(copying->store, term, copying->failure) : status;
    case AR_OP_LIKE:
    case AR_OP_CONTAINS:
    case AR_OP_STARTS_WITH:
    case AR_OP_ENDS_WITH:
        status = check_column(copying, term->column);
        return status == AR_OK ? copy_pattern(copying, term) : status;
    case AR_OP_HAS_ITEM:
    case AR_OP_EQ:
    case AR_OP_NE:
    case AR_OP_LT:
    case AR_OP_LE:
    case AR_OP_GT:
    case AR_OP_GE:
    case AR_OP_ALL_OF: /* copy_terms has made AND and OR of these */
    case AR_OP_ANY_OF:
        break;
    }
    status = check_column(copying, term->column);
    return status == AR_OK ? copy_comparison(copying, term) : status;
}

enum ar_status ar_condition_copy(struct store *store, const struct ar_model *model,
                                 const struct ar_condition *condition, const struct ar_term **out,
                                 struct failure *failure)
{
    const struct copying copying = {store, failure, model, NULL};
    size_t count = 0;
    enum ar_status status = count_terms(model, condition, &count, failure);
    struct ar_term *terms, *next;

    if (status != AR_OK)
        return status;
    terms = next = count <= UINT32_MAX ? ar_arena_allocate(&store->objects, count * sizeof *terms) : NULL;
    if (terms == NULL)
        return ar_fail_no_memory(failure);
    (void)copy_terms(condition, terms);
    *out = terms;
    return copy_term(&copying, &next);
}
