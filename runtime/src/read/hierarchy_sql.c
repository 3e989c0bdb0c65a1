/* The SQL that follows a relation of a model to itself. */
#include "read/hierarchy.h"

#include "read/query_sql.h"
#include "sql/join.h"
#include "sql/keys.h"
#include "sql/run.h"

static const char cte[] = "armature_tree";

static const struct ar_relation *relation_of(const struct hierarchy *hierarchy)
{
    return hierarchy->loading.load.relation;
}

/* Add all columns of the model, of this table, as those of the CTE or of the result. */
static void add_columns(struct sql *sql, const struct ar_model *model, const char *table, bool is_result)
{
    for (size_t i = 0; i < model->column_count; i++) {
        ar_sql_add(sql, i > 0 ? ", " : "", NULL);
        if (is_result)
            ar_sql_add_result(sql, table, &model->columns[i]);
        else
            ar_sql_add_column_of(sql, table, &model->columns[i]);
    }
}

/* Compare the columns with the only key. */
static void add_comparison(struct sql *sql, const struct hierarchy *hierarchy, const char *table,
                           struct key_columns columns, bool is_in)
{
    const struct key_set *keys = &hierarchy->loading.keys;
    const struct ar_value integer = ar_value_integer(keys->integers != NULL ? keys->integers[0] : 0);

    ar_sql_add(sql, is_in ? "" : "NOT (", NULL);
    sql->table = table;
    ar_sql_add_key(sql, columns, keys->integers != NULL ? &integer : keys->values);
    sql->table = NULL;
    ar_sql_add(sql, is_in ? "" : ")", NULL);
}

/* Add a test if the columns are, or are not, one of the collected keys. */
static void add_membership(struct sql *sql, const struct hierarchy *hierarchy, const char *table,
                           struct key_columns columns, bool is_in)
{
    const struct dialect *dialect = &sql->driver->dialect;
    const struct key_set *keys = &hierarchy->loading.keys;

    if (keys->count == 1 && dialect->prefers_single_key) {
        add_comparison(sql, hierarchy, table, columns, is_in);
        return;
    }
    sql->table = table;
    if (columns.count == 1) {
        ar_sql_add_member(sql, &columns.model->columns[columns.columns[0]], keys, is_in);
    } else {
        ar_sql_add(sql, is_in ? "" : "NOT (", NULL);
        ar_sql_add_in_key_set(sql, columns, keys);
        ar_sql_add(sql, is_in ? "" : ")", NULL);
    }
    sql->table = NULL;
}

/* If all rows that can be reached have the same value in the column that chooses a partition or shard, add AND and that
 * condition on rows of the table: a server that shards only runs a recursive statement that needs one shard. */
static void add_routing(struct sql *sql, const struct hierarchy *hierarchy)
{
    struct key_columns from = ar_owner_columns(relation_of(hierarchy)), to = ar_target_columns(relation_of(hierarchy));
    struct split_keys split;

    if (to.columns[ar_key_routing(to)] != from.columns[ar_key_routing(to)])
        return;
    if (ar_sql_split_keys(sql, to, &hierarchy->loading.keys, &split))
        ar_sql_add_routing_value(sql, &split);
}

/* Add FROM with the rows next to those of the CTE. CROSS JOIN: SQLite then goes from the CTE to the table. */
static void add_step(struct sql *sql, const struct hierarchy *hierarchy)
{
    const struct ar_relation *relation = relation_of(hierarchy);
    struct key_columns from = ar_owner_columns(relation), to = ar_target_columns(relation);

    ar_sql_add(sql, " FROM ", cte, " CROSS JOIN ", ar_sql_table(sql, to.model), " WHERE ", NULL);
    for (size_t i = 0; i < to.count; i++) {
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column_of(sql, to.model->sql, &to.model->columns[to.columns[i]]);
        ar_sql_add_operator_of(sql, &to.model->columns[to.columns[i]], "=");
        ar_sql_add_column_of(sql, cte, &from.model->columns[from.columns[i]]);
    }
    add_routing(sql, hierarchy);
    ar_sql_add_scope(sql, relation, to.model->sql);
}

/* Add the rows that the keys lead to. */
static void add_first_rows(struct sql *sql, const struct hierarchy *hierarchy)
{
    const struct ar_relation *relation = relation_of(hierarchy);
    const char *table = relation->target->sql;

    ar_sql_add(sql, " FROM ", ar_sql_table(sql, relation->target), " WHERE ", NULL);
    add_membership(sql, hierarchy, table, ar_target_columns(relation), true);
    ar_sql_add_scope(sql, relation, table);
}

static bool is_limited(const struct hierarchy *hierarchy)
{
    return hierarchy->depth != SIZE_MAX && (!hierarchy->is_up || hierarchy->depth <= AR_PATH_LEVELS_MAX);
}

/* Add the depth of a row after its other columns: 1, or one more than that of the row before. */
static void add_depth(struct sql *sql, const struct hierarchy *hierarchy, bool is_first)
{
    if (!is_limited(hierarchy))
        return;
    ar_sql_add(sql, ", ", is_first ? "1 AS armature_depth" : "armature_tree.armature_depth", NULL);
    if (is_first)
        return;
    ar_sql_add_operator(sql, "+");
    ar_sql_add(sql, "1", NULL);
}

static void add_limit(struct sql *sql, const struct hierarchy *hierarchy)
{
    if (!is_limited(hierarchy))
        return;
    ar_sql_add(sql, " AND armature_tree.armature_depth", NULL);
    ar_sql_add_operator(sql, "<");
    ar_sql_add_number(sql, hierarchy->depth);
}

/* Down: PostgreSQL passes rows through a CTE for less than it takes to find them again. SQLite copies each one, which
 * takes twice as long as to find it by its key. */
static bool has_rows(const struct sql *sql)
{
    return sql->driver->dialect.has_key_arrays;
}

/* Add what the CTE has of a row. */
static void add_selected(struct sql *sql, const struct hierarchy *hierarchy, bool is_first)
{
    if (has_rows(sql))
        add_columns(sql, hierarchy->key.model, hierarchy->key.model->sql, false);
    else
        ar_sql_add_key_columns(sql, hierarchy->key);
    add_depth(sql, hierarchy, is_first);
}

/* Add the rows of the CTE, in the order of the relation. */
static void add_found_rows(struct sql *sql, const struct hierarchy *hierarchy)
{
    const struct ar_relation *relation = relation_of(hierarchy);
    const char *table = has_rows(sql) ? cte : relation->target->sql;

    ar_sql_add(sql, "SELECT ", NULL);
    add_columns(sql, relation->target, table, true);
    ar_sql_add(sql, " FROM armature_tree", NULL);
    if (!has_rows(sql))
        ar_sql_add(sql, " CROSS JOIN ", ar_sql_table(sql, relation->target), " WHERE ", NULL);
    for (size_t i = 0; i < hierarchy->key.count && !has_rows(sql); i++) {
        const struct ar_column *column = &hierarchy->key.model->columns[hierarchy->key.columns[i]];
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column_of(sql, table, column);
        ar_sql_add_operator_of(sql, column, "=");
        ar_sql_add_column_of(sql, cte, column);
    }
    sql->table = table;
    ar_sql_add_relation_orders(sql, relation, NULL, false);
    sql->table = NULL;
}

static void add_down(struct sql *sql, const struct hierarchy *hierarchy)
{
    ar_sql_add(sql, "WITH RECURSIVE armature_tree AS (SELECT ", NULL);
    add_selected(sql, hierarchy, true);
    add_first_rows(sql, hierarchy);
    ar_sql_add(sql, " UNION ALL SELECT ", NULL);
    add_selected(sql, hierarchy, false);
    add_step(sql, hierarchy);
    ar_sql_add(sql, " AND ", NULL);
    add_membership(sql, hierarchy, cte, hierarchy->key, false);
    add_limit(sql, hierarchy);
    ar_sql_add(sql, ") ", NULL);
    add_found_rows(sql, hierarchy);
}

static bool has_column(struct key_columns columns, uint16_t number)
{
    for (size_t i = 0; i < columns.count; i++)
        if (columns.columns[i] == number)
            return true;
    return false;
}

/* Add the key and the foreign key of rows of the table; a column of both, such as the tenant, once. */
static void add_links(struct sql *sql, const struct hierarchy *hierarchy)
{
    struct key_columns up = hierarchy->up;

    ar_sql_add_key_columns(sql, hierarchy->key);
    for (size_t i = 0; i < up.count; i++) {
        if (has_column(hierarchy->key, up.columns[i]))
            continue;
        ar_sql_add(sql, ", ", NULL);
        ar_sql_add_column(sql, &up.model->columns[up.columns[i]]);
    }
}

/* Up: the CTE has keys, because not every type of column can be compared for UNION. */
static void add_up(struct sql *sql, const struct hierarchy *hierarchy)
{
    const struct ar_relation *relation = relation_of(hierarchy);
    const struct ar_model *model = relation->target;

    ar_sql_add(sql, "WITH RECURSIVE armature_tree AS (SELECT ", NULL);
    add_links(sql, hierarchy);
    add_depth(sql, hierarchy, true);
    add_first_rows(sql, hierarchy);
    ar_sql_add(sql, " UNION SELECT ", NULL);
    add_links(sql, hierarchy);
    add_depth(sql, hierarchy, false);
    add_step(sql, hierarchy);
    add_limit(sql, hierarchy);
    ar_sql_add(sql, ") SELECT ", NULL);
    add_columns(sql, model, model->sql, true);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, model), " WHERE ", NULL);
    ar_sql_add_tuple(sql, hierarchy->key);
    ar_sql_add_in(sql, hierarchy->key);
    ar_sql_add(sql, "(SELECT ", NULL);
    sql->table = cte;
    ar_sql_add_key_columns(sql, hierarchy->key);
    sql->table = NULL;
    ar_sql_add(sql, " FROM armature_tree)", NULL);
    add_routing(sql, hierarchy);
}

struct sql ar_hierarchy_sql(const struct hierarchy *hierarchy)
{
    struct sql sql = ar_sql_start(hierarchy->loading.link);

    if (hierarchy->is_up)
        add_up(&sql, hierarchy);
    else
        add_down(&sql, hierarchy);
    return sql;
}
