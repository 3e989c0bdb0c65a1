/* The tables of a relation's path, as SQL. */
#include "sql/path.h"
#include "sql/scope.h"
#include "sql/sort_keys.h"

void ar_sql_name_path(struct sql *sql, const struct ar_relation *relation, const char *target, struct path_tables *out)
{
    out->relation = relation;
    out->target = target;
    out->has_deleted = false;
    out->count = relation->path_count;
    for (size_t i = 0; i + 1 < out->count; i++)
        out->aliases[i] = ar_sql_next_alias(sql);
}

void ar_sql_add_key_columns_of(struct sql *sql, const char *table, struct key_columns columns)
{
    const char *before = sql->table;

    sql->table = table;
    ar_sql_add_key_columns(sql, columns);
    sql->table = before;
}

void ar_sql_add_tuple_of(struct sql *sql, const char *table, struct key_columns columns)
{
    const char *before = sql->table;

    sql->table = table;
    ar_sql_add_tuple(sql, columns);
    sql->table = before;
}

static void add_match(struct sql *sql, const char *left, struct key_columns left_columns, const char *right,
                      struct key_columns right_columns)
{
    for (size_t i = 0; i < left_columns.count; i++) {
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column_of(sql, left, &left_columns.model->columns[left_columns.columns[i]]);
        ar_sql_add_operator_of(sql, &left_columns.model->columns[left_columns.columns[i]], "=");
        ar_sql_add_column_of(sql, right, &right_columns.model->columns[right_columns.columns[i]]);
    }
}

void ar_sql_add_path_table(struct sql *sql, const struct path_tables *tables, size_t i)
{
    const struct ar_model *model = ar_path_hop(tables, i)->target;
    const char *name = ar_path_name(tables, i);

    ar_sql_add(sql, ar_sql_table(sql, model), NULL);
    if (name != model->sql)
        ar_sql_add(sql, " AS ", name, NULL);
}

void ar_sql_add_path_joins(struct sql *sql, const struct path_tables *tables, size_t end)
{
    for (size_t i = 1; i < end; i++) {
        const struct ar_relation *hop = ar_path_hop(tables, i);
        /* SQLite's CROSS JOIN keeps this order of the tables: from the keys to the target, by indexes. */
        ar_sql_add(sql, sql->driver->dialect.has_key_arrays ? " JOIN " : " CROSS JOIN ", NULL);
        ar_sql_add_path_table(sql, tables, i);
        ar_sql_add(sql, " ON ", NULL);
        add_match(sql, ar_path_name(tables, i), ar_target_columns(hop), ar_path_name(tables, i - 1),
                  ar_owner_columns(hop));
        ar_sql_add_owner_guard(sql, hop, ar_path_name(tables, i - 1));
        ar_sql_add_path_conditions(sql, tables, i);
    }
}

/* ---- The first of several rows ----------------------------------------------------------------------------------- */

/* Return true if several rows may belong to one owner, of which only the first counts. */
static bool picks_one(const struct ar_relation *hop)
{
    struct key_columns columns = ar_target_columns(hop), key = ar_primary_key(hop->target);
    bool is_key = columns.count == key.count;

    for (size_t i = 0; i < columns.count && is_key; i++)
        is_key = columns.columns[i] == key.columns[i];
    return !ar_relation_kind(hop).is_list && !is_key;
}

/* Add the conditions of the relation at an index. */
static void add_scope(struct sql *sql, const struct path_tables *tables, size_t i, const char *name)
{
    if (tables->has_deleted && i + 1 == tables->count)
        ar_sql_add_where(sql, ar_path_hop(tables, i), name);
    else
        ar_sql_add_scope(sql, ar_path_hop(tables, i), name);
}

/* Add ` AND comments.id = (SELECT … LIMIT 1)`: the row is the first of those with the same foreign key. */
static void add_pick(struct sql *sql, const struct path_tables *tables, size_t i)
{
    const struct ar_relation *hop = ar_path_hop(tables, i);
    const char *name = ar_path_name(tables, i);
    struct key_columns columns = ar_target_columns(hop), key = ar_primary_key(hop->target);
    const struct table_alias other = ar_sql_next_alias(sql);

    ar_sql_add(sql, " AND ", NULL);
    ar_sql_add_tuple_of(sql, name, key);
    ar_sql_add_operator(sql, "=");
    ar_sql_add(sql, "(SELECT ", NULL);
    ar_sql_add_key_columns_of(sql, other.name, key);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, hop->target), " AS ", other.name, " WHERE ", NULL);
    add_match(sql, other.name, columns, name, columns);
    add_scope(sql, tables, i, other.name);
    ar_sql_add_order_of_relation(sql, hop, other.name);
    ar_sql_add(sql, " LIMIT 1)", NULL);
}

void ar_sql_add_path_conditions(struct sql *sql, const struct path_tables *tables, size_t i)
{
    add_scope(sql, tables, i, ar_path_name(tables, i));
    if (picks_one(ar_path_hop(tables, i)))
        add_pick(sql, tables, i);
}

/* ---- Filters ----------------------------------------------------------------------------------------------------- */

/* The last table is not part of the sub-select, because the enclosing statement has it. */
void ar_sql_open_path_filter(struct sql *sql, const struct path_tables *tables)
{
    size_t last = tables->count - 1;
    const struct ar_relation *hop = ar_path_hop(tables, last);

    ar_sql_add_tuple_of(sql, tables->target, ar_target_columns(hop));
    ar_sql_add_in(sql, ar_target_columns(hop));
    ar_sql_add(sql, "(SELECT ", NULL);
    ar_sql_add_key_columns_of(sql, ar_path_name(tables, last - 1), ar_owner_columns(hop));
    ar_sql_add(sql, " FROM ", NULL);
    ar_sql_add_path_table(sql, tables, 0);
    ar_sql_add_path_joins(sql, tables, last);
    ar_sql_add(sql, " WHERE ", NULL);
}

void ar_sql_close_path_filter(struct sql *sql, const struct path_tables *tables)
{
    size_t last = tables->count - 1;

    ar_sql_add_path_conditions(sql, tables, 0);
    ar_sql_add_owner_guard(sql, ar_path_hop(tables, last), ar_path_name(tables, last - 1));
    ar_sql_add(sql, ")", NULL);
    ar_sql_add_path_conditions(sql, tables, last);
    ar_sql_add_scope(sql, tables->relation, tables->target);
}
