/* The sort keys of queries. */
#include "read/sort.h"

#include "model/type_info.h"

static bool is_ordered_by(const struct ar_query *q, const struct ar_column *column)
{
    for (const struct query_order *each = q->orders; each != NULL; each = each->next)
        if (each->order.column == column)
            return true;
    return false;
}

bool ar_query_sort_keys(const struct ar_query *q, struct arena *arena, struct sort_keys *out)
{
    size_t count = q->model->key_count;
    bool descending = false;

    for (const struct query_order *each = q->orders; each != NULL; each = each->next)
        count++;
    *out = (struct sort_keys){.items = ar_arena_allocate(arena, count * sizeof *out->items)};
    if (out->items == NULL)
        return false;
    for (const struct query_order *each = q->orders; each != NULL; each = each->next) {
        out->items[out->count++] = each->order;
        descending = each->order.descending;
    }
    /* In the last order's direction, so that an index on that column serves for both. */
    for (size_t i = 0; i < q->model->key_count; i++) {
        const struct ar_column *column = &q->model->columns[q->model->key[i]];
        if (!is_ordered_by(q, column))
            out->items[out->count++] = (struct ar_order){.column = column, .descending = descending};
    }
    return true;
}

bool ar_column_may_be_null(const struct ar_column *column)
{
    return ar_field_has_null(column) && (column->flags & AR_COLUMN_NOT_NULL) == 0;
}
