/* The sort keys of queries. */
#include "read/sort.h"

static const struct ar_relation *relation_of(const struct ar_query *q)
{
    return q->relation != NULL ? q->relation : q->scope_relation;
}

bool ar_query_is_ordered(const struct ar_query *q)
{
    return q->orders != NULL || (relation_of(q) != NULL && relation_of(q)->order != NULL);
}

bool ar_query_sort_keys(const struct ar_query *q, struct arena *arena, struct sort_keys *out)
{
    size_t count = 0;

    if (q->orders == NULL && relation_of(q) != NULL)
        return ar_relation_sort_keys(relation_of(q), arena, out);
    for (const struct query_order *each = q->orders; each != NULL; each = each->next)
        count++;
    if (!ar_sort_keys_start(q->model, count, arena, out))
        return false;
    for (const struct query_order *each = q->orders; each != NULL; each = each->next)
        out->items[out->count++] = each->order;
    ar_sort_keys_add_key(q->model, out);
    return true;
}
