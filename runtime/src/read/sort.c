/* The sort keys of queries. */
#include "read/sort.h"

#include "model/type_info.h"

/* Begin a list with room for this many orders and the key. Return false if out of memory. */
static bool start(const struct ar_model *model, size_t count, struct arena *arena, struct sort_keys *out)
{
    *out = (struct sort_keys){.items = ar_arena_allocate(arena, (count + model->key_count) * sizeof *out->items)};
    return out->items != NULL;
}

static bool is_ordered_by(const struct sort_keys *keys, const struct ar_column *column)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i].column == column)
            return true;
    return false;
}

/* Add the primary key, in the last order's direction, so that an index on that column serves for both. */
static void add_key(const struct ar_model *model, struct sort_keys *out)
{
    bool descending = out->count > 0 && out->items[out->count - 1].descending;

    for (size_t i = 0; i < model->key_count; i++) {
        const struct ar_column *column = &model->columns[model->key[i]];
        if (!is_ordered_by(out, column))
            out->items[out->count++] = (struct ar_order){.column = column, .descending = descending};
    }
}

/* Return the orders of the query's relation, ended by a NULL column, or NULL. */
static const struct ar_order *relation_orders(const struct ar_query *q)
{
    const struct ar_relation *relation = q->relation != NULL ? q->relation : q->scope_relation;

    return relation != NULL ? relation->order : NULL;
}

bool ar_query_is_ordered(const struct ar_query *q)
{
    return q->orders != NULL || relation_orders(q) != NULL;
}

static bool list_orders(const struct ar_model *model, const struct ar_order *orders, struct arena *arena,
                        struct sort_keys *out)
{
    size_t count = 0;

    while (orders != NULL && orders[count].column != NULL)
        count++;
    if (!start(model, count, arena, out))
        return false;
    while (out->count < count) {
        out->items[out->count] = orders[out->count];
        out->count++;
    }
    add_key(model, out);
    return true;
}

bool ar_relation_sort_keys(const struct ar_relation *relation, struct arena *arena, struct sort_keys *out)
{
    return list_orders(relation->target, relation->order, arena, out);
}

bool ar_query_sort_keys(const struct ar_query *q, struct arena *arena, struct sort_keys *out)
{
    size_t count = 0;

    if (q->orders == NULL)
        return list_orders(q->model, relation_orders(q), arena, out);
    for (const struct query_order *each = q->orders; each != NULL; each = each->next)
        count++;
    if (!start(q->model, count, arena, out))
        return false;
    for (const struct query_order *each = q->orders; each != NULL; each = each->next)
        out->items[out->count++] = each->order;
    add_key(q->model, out);
    return true;
}

bool ar_column_may_be_null(const struct ar_column *column)
{
    return ar_field_has_null(column) && (column->flags & AR_COLUMN_NOT_NULL) == 0;
}
