/* Pages: positions of records, and the conditions that rows after or before them meet. */
#include "read/page.h"

#include "model/field.h"
#include "model/key.h"
#include "model/type_info.h"
#include "read/condition.h"
#include "read/order.h"
#include "read/sort.h"
#include "store/partial.h"
#include "store/partial_row.h"

#include <armature/page.h>

#include <math.h>

/* ---- Positions --------------------------------------------------------------------------------------------------- */

const struct ar_value *ar_page_position(struct store *store, const struct ar_model *model, const void *record,
                                        struct arena *objects, struct arena *text)
{
    const struct record *partial = store->has_partials ? ar_partial_find(store, model, record) : NULL;
    struct ar_value *values = ar_arena_allocate(objects, model->column_count * sizeof *values);

    for (size_t i = 0; values != NULL && i < model->column_count; i++) {
        struct ar_value *value = &values[i];
        if (partial != NULL && !ar_columns_have(ar_partial_columns(model, partial), i)) {
            *value = (struct ar_value){.kind = AR_VALUE_OTHER};
            continue;
        }
        *value = ar_field_value(&model->columns[i], record);
        if (value->kind != AR_VALUE_TEXT && value->kind != AR_VALUE_BLOB)
            continue;
        value->bytes.data = ar_arena_copy_text(text, value->bytes.data, value->bytes.size);
        if (value->bytes.data == NULL)
            return NULL;
    }
    return values;
}

/* Return the position of a record that the caller passed; NULL for the beginning or end. */
static const struct ar_value *take_position(struct ar_query *q, const void *record)
{
    const struct ar_value *position;

    if (record == NULL || q->status != AR_OK)
        return NULL;
    position = ar_page_position(q->store, q->model, record, &q->store->objects, &q->store->text);
    if (position == NULL)
        q->status = AR_NO_MEMORY;
    return position;
}

void ar_query_after(struct ar_query *q, const void *record)
{
    q->after = take_position(q, record);
}

void ar_query_before(struct ar_query *q, const void *record)
{
    q->before = take_position(q, record);
}

static const struct ar_value *value_at(const struct ar_value *position, const struct ar_column *column)
{
    return &position[column - column->model->columns];
}

/* Let the statement fail if no column can store a value. */
static void check_value(struct sql *sql, const struct ar_column *column, const struct ar_value *value)
{
    if (value->kind == AR_VALUE_OUT_OF_RANGE)
        sql->status = ar_fail(sql->failure, AR_INVALID, column->model, column,
                              "the page of %s begins or ends at a record whose %s no column can store",
                              column->model->name, column->field);
    else if (value->kind == AR_VALUE_OTHER)
        sql->status = ar_fail(sql->failure, AR_MISUSE, column->model, column,
                              "the page of %s begins or ends at a record whose %s was not loaded: load it with the "
                              "other columns",
                              column->model->name, column->field);
    else if (ar_condition_check_value(column, value, sql->failure) != AR_OK)
        sql->status = AR_INVALID;
}

/* ---- Values of a position ---------------------------------------------------------------------------------------- */

/* A range of values of a column, without its end. */
struct range {
    struct ar_value start, end;
};

/* Return true if a column may have several values that its field reads as this one, and find their range. */
static bool is_rounded(const struct dialect *dialect, const struct ar_column *column, const struct ar_value *value,
                       struct range *out)
{
    /* Half the distance of two floats, and a little more: a number in the middle becomes the one that is even. */
    const double half = 0x1.01p-24, half_of_least = 0x1.01p-150;
    bool is_text = (column->flags & AR_COLUMN_TIME_TEXT) != 0;
    struct ar_instant next;
    double slack;

    switch (value->kind) {
    case AR_VALUE_TIME:
        if ((column->flags & AR_COLUMN_TIME_DATE) != 0 || (ar_type_info_of(column)->ticks_per_second > 1 && !is_text) ||
            (!is_text && !dialect->times_have_fractions))
            return false;
        next = (struct ar_instant){.seconds = value->time.seconds};
        *out = (struct range){{.kind = AR_VALUE_TIME, .time = next}, {.kind = AR_VALUE_TIME}};
        return !__builtin_add_overflow(next.seconds, 1, &out->end.time.seconds);
    case AR_VALUE_REAL:
        if (column->type != AR_TYPE_FLOAT || !isfinite(value->real))
            return false;
        slack = (value->real < 0 ? -value->real : value->real) * half;
        slack = slack > half_of_least ? slack : half_of_least;
        *out = (struct range){ar_value_real(value->real - slack), ar_value_real(value->real + slack)};
        return true;
    case AR_VALUE_NULL:
    case AR_VALUE_INTEGER:
    case AR_VALUE_TEXT:
    case AR_VALUE_BLOB:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
    case AR_VALUE_ARRAY:
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return false;
}

/* A position in an order. `is_greater`: rows beyond it have greater values, not less. */
struct bound {
    const char *table; /* of the rows: its name or alias */
    const struct ar_value *position;
    const struct ar_order *keys;
    size_t count;
    bool is_before;
};

static bool is_greater(const struct bound *bound, size_t i)
{
    return bound->keys[i].descending == bound->is_before;
}

static const struct ar_value *bound_value(const struct bound *bound, size_t i)
{
    return value_at(bound->position, bound->keys[i].column);
}

/* Add the value of the row of a record, if it is in the range; otherwise that of the record. */
static void add_row_value(struct sql *sql, const struct bound *bound, size_t i, const struct range *range)
{
    const struct ar_column *column = bound->keys[i].column;
    const struct key_columns key = ar_primary_key(column->model);
    const struct table_alias alias = ar_sql_next_alias(sql);
    const char *table = sql->table;

    sql->table = alias.name;
    ar_sql_add(sql, "coalesce((SELECT ", NULL);
    ar_sql_add_column(sql, column);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, column->model), " AS ", alias.name, " WHERE ", NULL);
    for (size_t part = 0; part < key.count; part++) {
        const struct ar_column *each = &key.model->columns[key.columns[part]];
        ar_sql_add_column(sql, each);
        ar_sql_add_operator_of(sql, each, "=");
        ar_sql_add_value(sql, each, *value_at(bound->position, each));
        ar_sql_add(sql, " AND ", NULL);
    }
    ar_sql_add_column(sql, column);
    ar_sql_add_operator(sql, ">=");
    ar_sql_add_value(sql, column, range->start);
    ar_sql_add(sql, " AND ", NULL);
    ar_sql_add_column(sql, column);
    ar_sql_add_operator(sql, "<");
    ar_sql_add_value(sql, column, range->end);
    ar_sql_add(sql, "), ", NULL);
    ar_sql_add_value(sql, column, *bound_value(bound, i));
    ar_sql_add(sql, ")", NULL);
    sql->table = table;
}

static void add_bound_value(struct sql *sql, const struct bound *bound, size_t i)
{
    const struct ar_column *column = bound->keys[i].column;
    const struct ar_value *value = bound_value(bound, i);
    struct range range;

    check_value(sql, column, value);
    if (is_rounded(&sql->driver->dialect, column, value, &range))
        add_row_value(sql, bound, i, &range);
    else
        ar_sql_add_value(sql, column, *value);
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

/* Return how many keys from `first` on can be compared as one row value: those of one direction, whose comparison
 * treats NULL as the order does. */
static size_t group_size(const struct bound *bound, size_t first)
{
    size_t i = first;

    while (i < bound->count && bound->keys[i].path_count == 0 && is_greater(bound, i) == is_greater(bound, first) &&
           bound_value(bound, i)->kind != AR_VALUE_NULL &&
           (is_greater(bound, i) || !ar_column_may_be_null(bound->keys[i].column)))
        i++;
    return i - first;
}

/* Return a column for whose type ar_sql_add_operator_of searches the operator, if there is one; else the first. */
static const struct ar_column *searched_column(const struct bound *bound, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++)
        if (bound->keys[i].column->cast != NULL && bound->keys[i].column->cast->read != NULL)
            return bound->keys[i].column;
    return bound->keys[first].column;
}

/* Add `a > ?` or `(a, b) > (?, ?)`; with `or_equal`, `>=`. */
static void add_comparison(struct sql *sql, const struct bound *bound, size_t first, size_t count, bool or_equal)
{
    const char *open = count > 1 ? "(" : "", *close = count > 1 ? ")" : "";

    ar_sql_add(sql, open, NULL);
    for (size_t i = first; i < first + count; i++) {
        ar_sql_add(sql, i > first ? ", " : "", NULL);
        ar_sql_add_ordered_column_of(sql, NULL, bound->keys[i].column);
    }
    ar_sql_add(sql, close, NULL);
    ar_sql_add_operator_of(sql, searched_column(bound, first, count),
                           is_greater(bound, first) ? (or_equal ? ">=" : ">") : (or_equal ? "<=" : "<"));
    ar_sql_add(sql, open, NULL);
    for (size_t i = first; i < first + count; i++) {
        ar_sql_add(sql, i > first ? ", " : "", NULL);
        add_bound_value(sql, bound, i);
    }
    ar_sql_add(sql, close, NULL);
}

/* Add what one key that may be NULL requires, up to the parenthesis before what the keys after it require. */
static void add_nullable_key(struct sql *sql, const struct bound *bound, size_t i)
{
    const struct ar_column *column = bound->keys[i].column;
    bool is_null = bound_value(bound, i)->kind == AR_VALUE_NULL;

    if (!is_null) { /* rows with a smaller value or NULL are beyond */
        add_comparison(sql, bound, i, 1, false);
        ar_sql_add(sql, " OR ", NULL);
    }
    ar_sql_add_column(sql, column);
    if (!is_null) {
        ar_sql_add(sql, " IS NULL OR (", NULL);
        ar_sql_add_column(sql, column);
        ar_sql_add_operator_of(sql, column, "=");
        add_bound_value(sql, bound, i);
        ar_sql_add(sql, " AND (", NULL);
    } else {
        ar_sql_add(sql, is_greater(bound, i) ? " IS NOT NULL OR ((" : " IS NULL AND ((", NULL);
    }
}

/* Return the column of the owner that must have a certain value for the relation to lead to rows, or NULL. */
static const struct ar_column *guard_column(const struct ar_relation *relation)
{
    relation = ar_first_hop(relation);
    if (relation->guard == NULL || !ar_owner_has_foreign_key(relation))
        return NULL;
    return &ar_referring_model(relation)->columns[relation->guard->column];
}

/* Add a column of the owner to the values of a position. */
static void add_owner_value(struct sql *sql, const struct bound *bound, const struct ar_column *column, bool is_first)
{
    check_value(sql, column, value_at(bound->position, column));
    ar_sql_add(sql, is_first ? "" : ", ", NULL);
    ar_sql_add_value(sql, column, *value_at(bound->position, column));
    ar_sql_add(sql, " AS ", column->sql, NULL);
}

/* Add ` FROM (…) AS t`: one row with the values of the position by which the relation finds its rows. Nothing else
 * gives the placeholders the types of their columns. */
static void add_owner(struct sql *sql, const struct bound *bound, const struct ar_relation *relation, const char *alias)
{
    const struct key_columns owned = ar_owner_columns(relation);
    const struct ar_column *guard = guard_column(relation);

    ar_sql_add(sql, " FROM (SELECT ", NULL);
    for (size_t i = 0; i < owned.count; i++)
        add_owner_value(sql, bound, &owned.model->columns[owned.columns[i]], i == 0);
    if (guard != NULL)
        add_owner_value(sql, bound, guard, false);
    ar_sql_add(sql, " UNION ALL SELECT ", NULL);
    for (size_t i = 0; i < owned.count; i++)
        ar_sql_add(sql, i > 0 ? ", " : "", owned.model->columns[owned.columns[i]].sql, NULL);
    if (guard != NULL)
        ar_sql_add(sql, ", ", guard->sql, NULL);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, owned.model), " WHERE ", NULL);
    ar_sql_add_truth(sql, false);
    ar_sql_add(sql, ") AS ", alias, NULL);
}

/* Add the value of a key that leads to related rows: that of the position, as the database finds it from the values of
 * the record, or that of the row. */
static void add_related_value(struct sql *sql, const struct bound *bound, size_t i, bool is_of_position)
{
    struct table_alias alias;

    if (!is_of_position) {
        ar_sql_add_order_value(sql, &bound->keys[i], bound->table);
        return;
    }
    alias = ar_sql_next_alias(sql);
    ar_sql_add(sql, "(SELECT ", NULL);
    ar_sql_add_order_value(sql, &bound->keys[i], alias.name);
    add_owner(sql, bound, bound->keys[i].path[0], alias.name);
    ar_sql_add(sql, ")", NULL);
}

static void add_related_comparison(struct sql *sql, const struct bound *bound, size_t i, const char *operator)
{
    const struct ar_column *column = bound->keys[i].column;

    add_related_value(sql, bound, i, false);
    if (column != NULL)
        ar_sql_add_operator_of(sql, column, operator);
    else
        ar_sql_add_operator(sql, operator);
    add_related_value(sql, bound, i, true);
}

static void add_related_null(struct sql *sql, const struct bound *bound, size_t i, bool is_of_position, bool is_null)
{
    add_related_value(sql, bound, i, is_of_position);
    ar_sql_add(sql, is_null ? " IS NULL" : " IS NOT NULL", NULL);
}

/* Add what a key that leads to related rows requires, like add_nullable_key. Only the database knows if the value of
 * the position is NULL. */
static void add_related_key(struct sql *sql, const struct bound *bound, size_t i)
{
    bool may_be_null = ar_order_may_be_null(&bound->keys[i]);

    add_related_comparison(sql, bound, i, is_greater(bound, i) ? ">" : "<");
    if (may_be_null) { /* NULL is less than any other value */
        ar_sql_add(sql, " OR (", NULL);
        add_related_null(sql, bound, i, true, is_greater(bound, i));
        ar_sql_add(sql, " AND ", NULL);
        add_related_null(sql, bound, i, false, !is_greater(bound, i));
        ar_sql_add(sql, ")", NULL);
    }
    ar_sql_add(sql, " OR ((", NULL);
    add_related_comparison(sql, bound, i, "=");
    if (may_be_null) {
        ar_sql_add(sql, " OR (", NULL);
        add_related_null(sql, bound, i, true, true);
        ar_sql_add(sql, " AND ", NULL);
        add_related_null(sql, bound, i, false, true);
        ar_sql_add(sql, ")", NULL);
    }
    ar_sql_add(sql, ") AND (", NULL);
}

static void add_bound(struct sql *sql, const struct bound *bound)
{
    size_t group = 0, depth = 0;

    for (size_t i = 0; i<bound->count; i += group> 0 ? group : 1, depth += 2) {
        group = group_size(bound, i);
        if (group > 0 && i + group == bound->count)
            break;
        if (group > 0) {
            add_comparison(sql, bound, i, group, true);
            ar_sql_add(sql, " AND (", NULL);
            add_comparison(sql, bound, i, group, false);
            ar_sql_add(sql, " OR (", NULL);
        } else if (bound->keys[i].path_count > 0) {
            add_related_key(sql, bound, i);
        } else {
            add_nullable_key(sql, bound, i);
        }
    }
    if (group > 0)
        add_comparison(sql, bound, bound->count - group, group, false);
    else
        ar_sql_add_truth(sql, false); /* a row is not after itself */
    while (depth-- > 0)
        ar_sql_add(sql, ")", NULL);
}

enum ar_status ar_page_check_key(const struct ar_query *q, struct failure *failure)
{
    if (q->model->key_count > 0)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, q->model, NULL,
                   "rows of %s have no key: read them with %s_all, a limit and an offset", q->model->name,
                   q->model->name);
}

void ar_sql_add_page(struct sql *sql, const char *intro, const struct ar_query *q)
{
    const char *table = sql->table != NULL ? sql->table : q->model->sql;
    struct sort_keys keys = {0};

    if (!ar_query_is_page(q))
        return;
    if (ar_page_check_key(q, sql->failure) != AR_OK)
        sql->status = AR_MISUSE;
    else if (!ar_query_sort_keys(q, sql->text.arena, &keys))
        sql->text.out_of_memory = true;
    if (keys.count == 0)
        return;
    if (q->after != NULL) {
        ar_sql_add(sql, intro, "(", NULL);
        add_bound(sql, &(struct bound){table, q->after, keys.items, keys.count, .is_before = false});
        ar_sql_add(sql, ")", NULL);
        intro = " AND ";
    }
    if (q->before != NULL) {
        ar_sql_add(sql, intro, "(", NULL);
        add_bound(sql, &(struct bound){table, q->before, keys.items, keys.count, .is_before = true});
        ar_sql_add(sql, ")", NULL);
    }
}
