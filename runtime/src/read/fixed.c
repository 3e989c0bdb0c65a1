/* Values that the conditions of a query fix. */
#include "read/fixed.h"

#include "driver/statement.h"

/* A search for a comparison of a column with one value, on which all conditions depend. */
struct search {
    const struct ar_column *column;
    struct ar_value *out;
    bool is_found;
};

/* Return the only value with which a term, EQ or IN, compares its column, in *out. */
static bool has_one_value(const struct ar_term *term, struct ar_value *out)
{
    const struct key_set *set = term->value.bytes.data;

    if (term->op == AR_OP_EQ) {
        *out = term->value;
        return term->value.kind != AR_VALUE_NULL && term->letter_case != AR_CASE_IGNORED;
    }
    if (set->count != 1)
        return false;
    *out = set->values[0];
    return out->kind != AR_VALUE_NULL;
}

/* Search a term with its operands, and return the term after them.
 *   decides   rows that do not meet the term do not meet the condition */
static const struct ar_term *search_term(struct search *search, const struct ar_term *term, bool decides)
{
    const struct ar_term *next = term + 1;

    switch (term->op) {
    case AR_OP_AND:
    case AR_OP_OR:
    case AR_OP_NOT:
    case AR_OP_HAS:
    case AR_OP_HAS_COUNT:
        for (uint32_t i = 0; i < term->operand_count; i++)
            next = search_term(search, next, decides && term->op == AR_OP_AND);
        return next;
    case AR_OP_JSON:
        return term->json_kind == AR_JSON_EXISTS ? next : next + 1;
    case AR_OP_EQ:
    case AR_OP_IN:
        if (!search->is_found && decides && term->column == search->column)
            search->is_found = has_one_value(term, search->out);
        return next;
    case AR_OP_NOT_IN:
    case AR_OP_HAS_ITEM:
    case AR_OP_COLUMNS:
    case AR_OP_NE:
    case AR_OP_LT:
    case AR_OP_LE:
    case AR_OP_GT:
    case AR_OP_GE:
    case AR_OP_LIKE:
    case AR_OP_CONTAINS:
    case AR_OP_STARTS_WITH:
    case AR_OP_ENDS_WITH:
    case AR_OP_IS_NULL:
    case AR_OP_IS_NOT_NULL:
    case AR_OP_ALL_OF: /* in a query, these have become AND and OR */
    case AR_OP_ANY_OF:
        break;
    }
    return next;
}

bool ar_query_fixes(const struct ar_query *q, const struct ar_column *column, struct ar_value *out)
{
    struct search search = {.column = column, .out = out};

    for (const struct query_condition *each = q->conditions; each != NULL; each = each->next)
        (void)search_term(&search, each->terms, true);
    return search.is_found;
}

static bool fixes_primary_key(const struct ar_query *q)
{
    struct ar_value ignored;

    for (size_t i = 0; i < q->model->key_count; i++)
        if (!ar_query_fixes(q, &q->model->columns[q->model->key[i]], &ignored))
            return false;
    return q->model->key_count > 0;
}

bool ar_query_is_single(const struct ar_query *q)
{
    for (; q->user_sql == NULL && q->measure == NULL; q = q->parent) {
        if (fixes_primary_key(q))
            return true;
        if (q->relation == NULL || !ar_owner_has_foreign_key(q->relation) || ar_has_path(q->relation))
            return false;
    }
    return false;
}
