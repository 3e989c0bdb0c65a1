/* Lists of sort keys: orders, followed by the primary key, so that an order is total. */
#include "sql/sort_keys.h"

#include "model/type_info.h"

bool ar_sort_keys_start(const struct ar_model *model, size_t count, struct arena *arena, struct sort_keys *out)
{
    *out = (struct sort_keys){.items = ar_arena_allocate(arena, (count + model->key_count) * sizeof *out->items)};
    return out->items != NULL;
}

static bool is_ordered_by(const struct sort_keys *keys, const struct ar_column *column)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i].column == column && keys->items[i].path_count == 0)
            return true;
    return false;
}

void ar_sort_keys_add_key(const struct ar_model *model, struct sort_keys *keys)
{
    bool descending = keys->count > 0 && keys->items[keys->count - 1].descending;

    for (size_t i = 0; i < model->key_count; i++) {
        const struct ar_column *column = &model->columns[model->key[i]];
        if (!is_ordered_by(keys, column))
            keys->items[keys->count++] = (struct ar_order){.column = column, .descending = descending};
    }
}

bool ar_relation_sort_keys(const struct ar_relation *relation, struct arena *arena, struct sort_keys *out)
{
    const struct ar_order *orders = relation->order;
    size_t count = 0;

    while (orders != NULL && orders[count].column != NULL)
        count++;
    if (!ar_sort_keys_start(relation->target, count, arena, out))
        return false;
    while (out->count < count) {
        out->items[out->count] = orders[out->count];
        out->count++;
    }
    ar_sort_keys_add_key(relation->target, out);
    return true;
}

void ar_sql_add_order_of_relation(struct sql *sql, const struct ar_relation *relation, const char *table)
{
    struct sort_keys keys;

    if (!ar_relation_sort_keys(relation, sql->text.arena, &keys)) {
        sql->text.out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < keys.count; i++) {
        ar_sql_add(sql, i > 0 ? ", " : " ORDER BY ", NULL);
        ar_sql_add_ordered_column_of(sql, table, keys.items[i].column);
        ar_sql_add_direction(sql, keys.items[i].descending, ar_column_may_be_null(keys.items[i].column));
    }
}

void ar_sql_add_direction(struct sql *sql, bool descending, bool may_be_null)
{
    ar_sql_add(sql, descending ? " DESC" : "", NULL);
    if (sql->driver->dialect.sorts_null_last && may_be_null)
        ar_sql_add(sql, descending ? " NULLS LAST" : " NULLS FIRST", NULL);
}
