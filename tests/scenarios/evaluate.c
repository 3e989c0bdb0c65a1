/* Relations, conditions and orders, evaluated in C over rows in memory. Columns are integers, doubles and strings. */
#include "evaluate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 64 };

/* ---- Values ------------------------------------------------------------------------------------------------------ */

/* A value of a column; of one kind for both sides of a comparison. */
struct value {
    bool is_null;
    double number;
    const char *text; /* NULL: a number */
};

static struct value value_of(const struct ar_column *column, const void *row)
{
    const char *field = (const char *)row + column->offset;
    struct value value = {0};
    int64_t large;
    if (column->type == AR_TYPE_TEXT) {
        memcpy(&value.text, field, sizeof value.text);
        value.is_null = value.text == NULL;
    } else if (column->type == AR_TYPE_DOUBLE) {
        memcpy(&value.number, field, sizeof value.number);
    } else {
        assert(column->type == AR_TYPE_INT64);
        memcpy(&large, field, sizeof large);
        value.number = (double)large;
        value.is_null = large == 0 && (column->flags & AR_COLUMN_NULLABLE) != 0;
    }
    return value;
}

static struct value constant(const struct ar_value *value)
{
    return (struct value){
        .is_null = value->kind == AR_VALUE_NULL,
        .number = value->kind == AR_VALUE_INTEGER ? (double)value->integer
                  : value->kind == AR_VALUE_REAL  ? value->real
                                                  : 0,
        .text = value->kind == AR_VALUE_TEXT ? value->bytes.data : NULL,
    };
}

/* NULL is the smallest value. */
static int compare(struct value a, struct value b)
{
    if (a.is_null || b.is_null)
        return b.is_null - a.is_null;
    if (a.text != NULL)
        return strcmp(a.text, b.text);
    return (a.number > b.number) - (a.number < b.number);
}

static enum truth truth(bool is_true)
{
    return is_true ? TRUTH_TRUE : TRUTH_FALSE;
}

static bool holds(enum ar_comparison comparison, int order)
{
    switch (comparison) {
    case AR_EQ:
        return order == 0;
    case AR_NE:
        return order != 0;
    case AR_LT:
        return order < 0;
    case AR_LE:
        return order <= 0;
    case AR_GT:
        return order > 0;
    case AR_GE:
        break;
    }
    return order >= 0;
}

static enum truth compare_as(enum ar_comparison comparison, struct value a, struct value b)
{
    return a.is_null || b.is_null ? TRUTH_UNKNOWN : truth(holds(comparison, compare(a, b)));
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

static char fold(char letter, bool folds)
{
    return (char)(folds && letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
}

static bool begins(const char *text, const char *part, bool folds)
{
    for (; *part != '\0'; text++, part++)
        if (fold(*text, folds) != fold(*part, folds))
            return false;
    return true;
}

static bool like(const char *text, const char *pattern, bool folds)
{
    for (; *pattern != '\0' && *pattern != '%'; pattern++, text++) {
        bool is_any = *pattern == '_';
        pattern += *pattern == '\\';
        if (*text == '\0' || (!is_any && fold(*text, folds) != fold(*pattern, folds)))
            return false;
    }
    if (*pattern == '\0')
        return *text == '\0';
    for (;; text++) {
        if (like(text, pattern + 1, folds))
            return true;
        if (*text == '\0')
            return false;
    }
}

static enum truth match(const struct ar_term *term, struct value value)
{
    const char *text = value.text, *part = constant(&term->value).text;
    bool folds = term->letter_case == AR_CASE_IGNORED;
    if (text == NULL || part == NULL)
        return TRUTH_UNKNOWN;
    if (term->op == AR_OP_LIKE)
        return truth(like(text, part, folds));
    if (term->op == AR_OP_STARTS_WITH)
        return truth(begins(text, part, folds));
    size_t size = strlen(text), part_size = strlen(part);
    if (term->op == AR_OP_ENDS_WITH)
        return truth(size >= part_size && begins(text + size - part_size, part, folds));
    for (size_t i = 0; i + part_size <= size; i++)
        if (begins(text + i, part, folds))
            return TRUTH_TRUE;
    return TRUTH_FALSE;
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

const struct table *world_table(const struct world *world, const struct ar_model *model)
{
    for (size_t i = 0; i < world->count; i++)
        if (world->tables[i].model == model)
            return &world->tables[i];
    abort();
}

const void *table_row(const struct table *table, size_t index)
{
    return (const char *)table->rows + index * table->model->size;
}

static bool is_related(const struct ar_relation *relation, const void *owner, const void *target)
{
    bool owner_refers = relation->kind == AR_RELATION_BELONGS_TO;
    const struct ar_model *referring = owner_refers ? relation->owner : relation->target;
    const struct ar_model *referred = owner_refers ? relation->target : relation->owner;
    for (size_t i = 0; i < referred->key_count; i++) {
        struct value a = value_of(&referring->columns[relation->foreign_key[i]], owner_refers ? owner : target);
        struct value b = value_of(&referred->columns[referred->key[i]], owner_refers ? target : owner);
        if (compare_as(AR_EQ, a, b) != TRUTH_TRUE)
            return false;
    }
    return true;
}

size_t world_related(const struct world *world, const struct ar_relation *relation, const void *row, size_t *out)
{
    const struct table *targets = world_table(world, relation->target);
    size_t count = 0;
    for (size_t i = 0; i < targets->count; i++) {
        if (!is_related(relation, row, table_row(targets, i)))
            continue;
        out[count++] = i;
        if (relation->kind != AR_RELATION_HAS_MANY)
            break;
    }
    return count;
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

/* An expression that is being evaluated. */
struct expression {
    const struct world *world;
    const struct ar_term *next;
};

static enum truth evaluate(struct expression *expression, const void *row);

static enum truth evaluate_operands(struct expression *expression, const struct ar_term *term, const void *row)
{
    enum truth all = TRUTH_TRUE, any = TRUTH_FALSE;
    for (uint32_t i = 0; i < term->operand_count; i++) {
        enum truth each = evaluate(expression, row);
        all = each < all ? each : all;
        any = each > any ? each : any;
    }
    return term->op == AR_OP_OR ? any : term->op == AR_OP_AND ? all : (enum truth)(TRUTH_TRUE - all);
}

static enum truth evaluate_related(struct expression *expression, const struct ar_term *term, const void *row)
{
    const struct table *targets = world_table(expression->world, term->related.relation->target);
    const struct ar_term *operand = expression->next;
    size_t related[ROWS_MAX], count = world_related(expression->world, term->related.relation, row, related);
    int64_t found = 0;
    for (size_t i = 0; i < count; i++) {
        expression->next = operand;
        if (term->operand_count == 0 || evaluate(expression, table_row(targets, related[i])) == TRUTH_TRUE)
            found++;
    }
    if (term->operand_count > 0) { /* move over the operand, even if there was no row */
        static const union {
            char bytes[512];
            int64_t aligned;
        } zero;
        expression->next = operand;
        assert(targets->model->size <= sizeof zero);
        (void)evaluate(expression, &zero);
    }
    if (term->op == AR_OP_HAS)
        return truth(found > 0);
    return truth(holds(term->related.comparison, (found > term->related.count) - (found < term->related.count)));
}

static enum truth evaluate_in(const struct ar_term *term, struct value value)
{
    const int64_t *items = term->value.bytes.data;
    if (value.is_null && term->value.bytes.size > 0)
        return TRUTH_UNKNOWN;
    for (size_t i = 0; i < term->value.bytes.size; i++)
        if (value.number == (double)items[i])
            return truth(term->op == AR_OP_IN);
    return truth(term->op == AR_OP_NOT_IN);
}

static enum truth evaluate_equal(const struct ar_term *term, struct value value)
{
    if (term->letter_case == AR_CASE_IGNORED && !value.is_null)
        return truth(strlen(value.text) == term->value.bytes.size && begins(value.text, term->value.bytes.data, true));
    return compare_as(AR_EQ, value, constant(&term->value));
}

static enum truth evaluate(struct expression *expression, const void *row)
{
    const struct ar_term *term = expression->next++;
    switch (term->op) {
    case AR_OP_AND:
    case AR_OP_OR:
    case AR_OP_NOT:
        return evaluate_operands(expression, term, row);
    case AR_OP_HAS:
    case AR_OP_HAS_COUNT:
        return evaluate_related(expression, term, row);
    case AR_OP_JSON: /* no model has JSON */
        break;
    case AR_OP_COLUMNS:
        return compare_as(term->comparison, value_of(term->column, row), value_of(term->other, row));
    case AR_OP_IS_NULL:
        return truth(value_of(term->column, row).is_null);
    case AR_OP_IS_NOT_NULL:
        return truth(!value_of(term->column, row).is_null);
    case AR_OP_IN:
    case AR_OP_NOT_IN:
        return evaluate_in(term, value_of(term->column, row));
    case AR_OP_LIKE:
    case AR_OP_CONTAINS:
    case AR_OP_STARTS_WITH:
    case AR_OP_ENDS_WITH:
        return match(term, value_of(term->column, row));
    case AR_OP_EQ:
        return evaluate_equal(term, value_of(term->column, row));
    case AR_OP_NE:
        return compare_as(AR_NE, value_of(term->column, row), constant(&term->value));
    case AR_OP_LT:
        return compare_as(AR_LT, value_of(term->column, row), constant(&term->value));
    case AR_OP_LE:
        return compare_as(AR_LE, value_of(term->column, row), constant(&term->value));
    case AR_OP_GT:
        return compare_as(AR_GT, value_of(term->column, row), constant(&term->value));
    case AR_OP_GE:
        return compare_as(AR_GE, value_of(term->column, row), constant(&term->value));
    case AR_OP_HAS_ITEM: /* the models of these scenarios have no arrays */
    case AR_OP_ALL_OF:
    case AR_OP_ANY_OF:
        break;
    }
    abort();
}

enum truth world_evaluate(const struct world *world, const struct ar_condition *condition, const void *row)
{
    struct expression expression = {world, condition->terms};
    enum truth result = evaluate(&expression, row);
    assert(expression.next == condition->terms + condition->count);
    return result;
}

/* ---- Orders ------------------------------------------------------------------------------------------------------ */

static struct value sort_value(const struct world *world, const struct ar_order *order, const void *row)
{
    for (size_t i = 0; i < order->path_count; i++) {
        const struct ar_relation *relation = order->path[i];
        size_t related[ROWS_MAX], count = world_related(world, relation, row, related);
        if (order->column == NULL && i + 1u == order->path_count)
            return (struct value){.number = (double)count};
        if (count == 0)
            return (struct value){.is_null = true};
        row = table_row(world_table(world, relation->target), related[0]);
    }
    return value_of(order->column, row);
}

int world_compare(const struct world *world, const struct ar_order *order, const void *a, const void *b)
{
    int result = compare(sort_value(world, order, a), sort_value(world, order, b));
    return order->descending ? -result : result;
}
