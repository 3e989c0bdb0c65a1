/* SQL of a query: its conditions, its order and its limit. */
#include "read/query_sql.h"

#include "read/page.h"
#include "read/sort.h"
#include "sql/join.h"

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static const struct ar_term *add_condition(struct sql *sql, const struct ar_term *term);

/* Return the term after the operands. */
static const struct ar_term *add_operands(struct sql *sql, const struct ar_term *term, const char *between, bool none)
{
    const struct ar_term *next = term + 1;

    if (term->operand_count == 0)
        ar_sql_add_truth(sql, none);
    for (uint32_t i = 0; i < term->operand_count; i++) {
        ar_sql_add(sql, i > 0 ? between : "", "(", NULL);
        next = add_condition(sql, next);
        ar_sql_add(sql, ")", NULL);
    }
    return next;
}

static void add_membership(struct sql *sql, const struct ar_term *term)
{
    const struct dialect *dialect = &sql->driver->dialect;
    const struct key_brackets *brackets = term->op == AR_OP_IN ? &dialect->in_keys : &dialect->not_in_keys;

    ar_sql_add_column(sql, term->column);
    ar_sql_add(sql, brackets->open, NULL);
    ar_sql_add_keys(sql, term->value.bytes.data);
    ar_sql_add(sql, brackets->close, NULL);
}

static void add_pattern(struct sql *sql, const struct ar_term *term)
{
    ar_sql_add(sql, sql->driver->dialect.like, NULL);
    ar_sql_add_value(sql, term->column, term->value);
    ar_sql_add(sql, sql->driver->dialect.like_end, NULL);
}

static void add_comparison(struct sql *sql, const struct ar_term *term)
{
    static const char *const comparisons[] = {
        [AR_OP_EQ] = "=", [AR_OP_NE] = "<>", [AR_OP_LT] = "<", [AR_OP_LE] = "<=", [AR_OP_GT] = ">", [AR_OP_GE] = ">=",
    };
    bool is_null = term->value.kind == AR_VALUE_NULL;

    ar_sql_add_column(sql, term->column);
    if (term->op == AR_OP_IS_NULL || (is_null && term->op == AR_OP_EQ)) {
        ar_sql_add(sql, " IS NULL", NULL);
    } else if (term->op == AR_OP_IS_NOT_NULL || (is_null && term->op == AR_OP_NE)) {
        ar_sql_add(sql, " IS NOT NULL", NULL);
    } else if (term->op >= AR_OP_LIKE) {
        add_pattern(sql, term);
    } else {
        ar_sql_add_operator(sql, comparisons[term->op]);
        ar_sql_add_value(sql, term->column, term->value);
    }
}

/* Return the term after it. */
static const struct ar_term *add_condition(struct sql *sql, const struct ar_term *term)
{
    switch (term->op) {
    case AR_OP_AND:
        return add_operands(sql, term, " AND ", true);
    case AR_OP_OR:
        return add_operands(sql, term, " OR ", false);
    case AR_OP_NOT:
        ar_sql_add(sql, "NOT ", NULL);
        return add_operands(sql, term, " AND ", true);
    case AR_OP_IN:
    case AR_OP_NOT_IN:
        add_membership(sql, term);
        return term + 1;
    case AR_OP_EQ:
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
        add_comparison(sql, term);
        return term + 1;
    case AR_OP_ALL_OF: /* in a query, these have become AND and OR */
    case AR_OP_ANY_OF:
        break;
    }
    return term + 1;
}

void ar_sql_add_conditions(struct sql *sql, const char *intro, const struct ar_query *q)
{
    if (q->scope.count > 0) {
        ar_sql_add(sql, intro, NULL);
        ar_sql_add_key(sql, q->scope, q->scope_values);
        ar_sql_add_scope(sql, q->scope_relation, sql->table != NULL ? sql->table : q->model->sql);
        intro = " AND ";
    }
    for (const struct query_condition *each = q->conditions; each != NULL; each = each->next) {
        ar_sql_add(sql, intro, "(", NULL);
        (void)add_condition(sql, each->terms);
        ar_sql_add(sql, ")", NULL);
        intro = " AND ";
    }
    ar_sql_add_page(sql, intro, q);
}

/* ---- Order and limit --------------------------------------------------------------------------------------------- */

/* NULL counts as the smallest value, on every database. */
static void add_order(struct sql *sql, const struct ar_column *column, bool descending)
{
    ar_sql_add_column(sql, column);
    ar_sql_add(sql, descending ? " DESC" : "", NULL);
    if (sql->driver->dialect.sorts_null_last && ar_column_may_be_null(column))
        ar_sql_add(sql, descending ? " NULLS LAST" : " NULLS FIRST", NULL);
}

/* Add ORDER BY with the sort keys of a query, or of a relation without one. */
static void add_sort_keys(struct sql *sql, const struct ar_query *q, const struct ar_relation *relation,
                          bool is_reversed)
{
    struct arena *arena = sql->text.arena;
    struct sort_keys keys;

    sql->is_arranged = true;
    if (q != NULL ? !ar_query_sort_keys(q, arena, &keys) : !ar_relation_sort_keys(relation, arena, &keys)) {
        sql->text.out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < keys.count; i++) {
        ar_sql_add(sql, i == 0 ? " ORDER BY " : ", ", NULL);
        add_order(sql, keys.items[i].column, keys.items[i].descending != is_reversed);
    }
}

void ar_sql_add_orders(struct sql *sql, const struct ar_query *q, bool by_key)
{
    if (ar_query_is_ordered(q) || by_key || ar_query_is_page(q))
        add_sort_keys(sql, q, NULL, false);
}

void ar_sql_add_relation_orders(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q,
                                bool by_key)
{
    if (q != NULL)
        ar_sql_add_orders(sql, q, by_key);
    else if (relation->order != NULL || by_key)
        add_sort_keys(sql, NULL, relation, false);
}

void ar_sql_add_limit(struct sql *sql, const struct ar_query *q, uint64_t at_most)
{
    uint64_t limit = q->has_limit && q->limit < at_most ? q->limit : at_most;

    if (limit >= INT64_MAX && q->offset == 0)
        return;
    sql->is_arranged = true;
    ar_sql_add(sql, " LIMIT ", NULL);
    ar_sql_add_number(sql, limit);
    if (q->offset == 0)
        return;
    ar_sql_add(sql, " OFFSET ", NULL);
    ar_sql_add_number(sql, q->offset);
}

void ar_sql_add_selection(struct sql *sql, const struct ar_query *q)
{
    add_sort_keys(sql, q, NULL, ar_query_is_backward(q));
    ar_sql_add_limit(sql, q, UINT64_MAX);
}
