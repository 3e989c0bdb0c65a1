/* The shard of a query in sessions with .scope or .one_shard. */
#include "read/shard.h"

#include "driver/statement.h"

/* A search for a comparison of the shard key with one value, on which the whole condition depends. */
struct search {
    const struct ar_column *shard_key;
    bool is_found;
};

static bool is_one_value(const struct ar_term *term)
{
    const struct key_set *keys = term->value.bytes.data;

    if (term->op == AR_OP_EQ)
        return term->value.kind != AR_VALUE_NULL && term->letter_case != AR_CASE_IGNORED;
    return term->op == AR_OP_IN && keys->count == 1;
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
        search->is_found = search->is_found || (decides && term->column == search->shard_key && is_one_value(term));
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

static bool compares_shard_key(const struct ar_query *q)
{
    struct search search = {.shard_key = q->model->shard_key};

    for (const struct query_condition *each = q->conditions; each != NULL; each = each->next)
        (void)search_term(&search, each->terms, true);
    return search.is_found;
}

bool ar_query_is_on_shard(const struct ar_query *q, const struct shard_limit *limit)
{
    /* A sub-query is limited by its relation, and so is a query of the rows related to a record. */
    if (limit == NULL || !ar_shard_limits(limit, q->model) || q->relation != NULL)
        return true;
    return q->scope.count > 0 || (!limit->is_scoped && compares_shard_key(q));
}
