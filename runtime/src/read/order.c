/* Sort keys: a column, or a sub-select that follows relations to a column or to a number of rows. */
#include "read/order.h"

#include "model/type_info.h"
#include "read/condition.h"
#include "sql/join.h"
#include "sql/sort_keys.h"

enum ar_status ar_order_check(const struct ar_model *model, const struct ar_order *order, struct failure *failure)
{
    if (order->path_count > AR_ORDER_RELATIONS)
        return ar_fail(failure, AR_MISUSE, model, NULL, "an order of %s leads through more than %d relations",
                       model->name, AR_ORDER_RELATIONS);
    for (size_t i = 0; i < order->path_count; i++) {
        const struct ar_relation *relation = order->path[i];
        bool is_counted = order->column == NULL && i + 1u == order->path_count;
        if (relation->owner != model)
            return ar_fail(failure, AR_MISUSE, model, NULL,
                           "relation %s.%s cannot order rows of %s: it belongs to another model", relation->owner->name,
                           relation->name, model->name);
        if (ar_relation_kind(relation).is_list && !is_counted)
            return ar_fail(failure, AR_MISUSE, model, NULL,
                           "relation %s.%s leads to many rows, and cannot order by a column of one: order by their "
                           "number, %s_by_%s_count",
                           model->name, relation->name, model->name, relation->name);
        model = relation->target;
    }
    if (order->column != NULL && ar_type_is_array(order->column->type))
        return ar_fail(failure, AR_MISUSE, model, order->column, "rows cannot be ordered by %s.%s, which is an array",
                       order->column->model->name, order->column->field);
    return order->column != NULL ? ar_condition_check_column(model, order->column, failure) : AR_OK;
}

/* Add the value by which the row of `table` is ordered, where the first `level` relations of the path lead to it. */
static void add_value(struct sql *sql, const struct ar_order *order, size_t level, const char *table)
{
    const struct ar_relation *relation;
    struct table_alias alias;

    if (level == order->path_count) {
        ar_sql_add_ordered_column_of(sql, table, order->column);
        return;
    }
    relation = order->path[level];
    alias = ar_sql_next_alias(sql);
    ar_sql_add(sql, "(SELECT ", NULL);
    if (order->column == NULL && level + 1u == order->path_count) {
        ar_sql_add_function(sql, "count");
        ar_sql_add(sql, "(*)", NULL);
    } else {
        add_value(sql, order, level + 1, alias.name);
    }
    ar_sql_add_related_record(sql, relation, table, alias.name);
    ar_sql_add(sql, ")", NULL);
}

void ar_sql_add_order_value(struct sql *sql, const struct ar_order *order, const char *table)
{
    add_value(sql, order, 0, table);
}

bool ar_order_may_be_null(const struct ar_order *order)
{
    bool is_count = order->column == NULL && order->path_count == 1;
    bool is_own = order->column != NULL && order->path_count == 0; /* a related row may not exist */

    return !is_count && (!is_own || ar_column_may_be_null(order->column));
}

void ar_sql_add_order(struct sql *sql, const struct ar_order *order, bool is_reversed, const char *table)
{
    add_value(sql, order, 0, table);
    ar_sql_add_direction(sql, order->descending != is_reversed, ar_order_may_be_null(order));
}
