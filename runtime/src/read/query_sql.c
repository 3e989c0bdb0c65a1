/* SQL of a query: its conditions, its order and its limit. */
#include "read/query_sql.h"

#include "read/condition_sql.h"
#include "read/order.h"
#include "read/page.h"
#include "read/shard.h"
#include "read/sort.h"
#include "sql/living.h"
#include "sql/path.h"
#include "sql/scope.h"
#include "sql/shard.h"

/* Return the name or alias of the query's table. */
static const char *table_of(const struct sql *sql, const struct ar_query *q)
{
    return sql->table != NULL ? sql->table : q->model->sql;
}

/* Add the condition that rows are related to the owner of ar_query_relation. The query itself leaves deleted rows out.
 */
static void add_owner(struct sql *sql, const struct ar_query *q)
{
    const char *table = table_of(sql, q), *before = sql->table;
    struct path_tables tables;

    if (!ar_has_path(q->scope_relation)) {
        ar_sql_add_key(sql, q->scope, q->scope_values);
        ar_sql_add_where(sql, q->scope_relation, table);
        return;
    }
    ar_sql_name_path(sql, q->scope_relation, table, &tables);
    tables.has_deleted = q->has_deleted; /* the first row of a has_one on the path must not be one of them */
    ar_sql_open_path_filter(sql, &tables);
    sql->table = ar_path_name(&tables, 0);
    ar_sql_add_key(sql, q->scope, q->scope_values);
    sql->table = before;
    ar_sql_close_path_filter(sql, &tables);
}

void ar_sql_add_conditions(struct sql *sql, const char *intro, const struct ar_query *q)
{
    if (q->scope.count > 0) {
        ar_sql_add(sql, intro, NULL);
        add_owner(sql, q);
        intro = " AND ";
    }
    if (!ar_query_is_on_shard(q, sql->limit))
        intro = ar_sql_add_shard(sql, intro, q->model);
    /* A sub-query is within the scope of its relation, which leaves deleted rows out. */
    if (q->relation == NULL && !q->has_deleted)
        intro = ar_sql_add_living(sql, intro, q->model, NULL);
    for (const struct query_condition *each = q->conditions; each != NULL; each = each->next) {
        ar_sql_add(sql, intro, "(", NULL);
        ar_sql_add_condition(sql, each->terms, table_of(sql, q));
        ar_sql_add(sql, ")", NULL);
        intro = " AND ";
    }
    ar_sql_add_page(sql, intro, q);
}

/* ---- Order and limit --------------------------------------------------------------------------------------------- */

/* Add ORDER BY with the sort keys of a query, or of a relation without one. */
static void add_sort_keys(struct sql *sql, const struct ar_query *q, const struct ar_relation *relation,
                          bool is_reversed)
{
    const char *named = sql->table != NULL ? sql->table : relation != NULL ? relation->target->sql : NULL;
    const char *table = q != NULL ? table_of(sql, q) : named;
    struct arena *arena = sql->text.arena;
    struct sort_keys keys;

    sql->is_arranged = true;
    if (q != NULL ? !ar_query_sort_keys(q, arena, &keys) : !ar_relation_sort_keys(relation, arena, &keys)) {
        sql->text.out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < keys.count; i++) {
        ar_sql_add(sql, i == 0 ? " ORDER BY " : ", ", NULL);
        ar_sql_add_order(sql, &keys.items[i], is_reversed, table);
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
    else if (relation->order != NULL)
        add_sort_keys(sql, NULL, relation, false);
}

void ar_sql_add_ranking(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q)
{
    add_sort_keys(sql, q, relation, q != NULL && ar_query_is_backward(q));
}

/* Return true if the limit is a literal, which lets PostgreSQL keep the plan: a limit that it does not know makes a
 * plan for any limit look expensive, so that it plans the statement each time. All chunks of a stream have the same
 * limit. Other large limits are parameters, because each literal makes another prepared statement. */
static bool is_literal_limit(const struct sql *sql, const struct ar_query *q, uint64_t limit)
{
    enum { LITERAL_MAX = 100 };

    return q->is_chunk || (sql->driver->dialect.plans_by_limit && limit <= LITERAL_MAX);
}

void ar_sql_add_limit(struct sql *sql, const struct ar_query *q, uint64_t at_most)
{
    uint64_t limit = q->has_limit && q->limit < at_most ? q->limit : at_most;

    if (limit >= INT64_MAX && q->offset == 0)
        return;
    sql->is_arranged = true;
    ar_sql_add(sql, " LIMIT ", NULL);
    if (is_literal_limit(sql, q, limit))
        ar_sql_add_literal(sql, limit);
    else
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
