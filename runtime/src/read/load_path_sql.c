/* The SQL of the statements that load relations with a path. */
#include "read/load_path.h"
#include "read/load_sql.h"
#include "read/query_sql.h"
#include "sql/keys.h"
#include "sql/path.h"
#include "sql/run.h"
#include "sql/scope.h"

#include <stdio.h>

/* A statement under construction. */
struct path_sql {
    struct loading *loading;
    const struct ar_relation *relation;
    const struct ar_query *q; /* that refines it, or NULL */
    struct sql sql;
    struct path_tables tables;
    struct key_columns keys; /* columns of the first table that are compared with the owners' keys */
    struct split_keys split; /* the owners' keys, if `is_split` */
    bool is_split;
    bool is_limited;     /* a limit applies to each key */
    size_t column_count; /* of the rows, so far */
};

static const struct dialect *dialect_of(const struct path_sql *path)
{
    return &path->sql.driver->dialect;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* Name the column that was just added, c0, c1, … if the statement becomes a sub-select. */
static void end_column(struct path_sql *path)
{
    char name[32];

    if (path->is_limited) {
        (void)snprintf(name, sizeof name, " AS c%zu", path->column_count);
        ar_sql_add(&path->sql, name, NULL);
    }
    path->column_count++;
}

static void add_column(struct path_sql *path, const char *table, const struct ar_column *column)
{
    ar_sql_add(&path->sql, path->column_count > 0 ? ", " : "", NULL);
    ar_sql_add_result(&path->sql, table, column);
    end_column(path);
}

static void add_columns(struct path_sql *path, const char *table, const struct ar_model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        add_column(path, table, &model->columns[i]);
}

/* Add the ordinal of the row's key, from 0. */
static void add_ordinal(struct path_sql *path)
{
    ar_sql_add(&path->sql, ", armature_keys.ordinal", NULL);
    if (dialect_of(path)->has_key_arrays) {
        ar_sql_add_operator(&path->sql, "-");
        ar_sql_add(&path->sql, "1", NULL);
    }
    end_column(path);
}

/* Note where a row has the key of its owner, and add it if it is not there yet. */
static void add_key_of_row(struct path_sql *path)
{
    const struct loading *loading = path->loading;
    size_t *positions = loading->path->key_columns, target = path->relation->target->column_count;

    positions[0] = path->column_count;
    if (loading->has_single_key)
        return;
    if (loading->rows_have_ordinals) {
        add_ordinal(path);
        return;
    }
    for (size_t i = 0; i < path->keys.count; i++) {
        positions[i] = path->relation->has_links ? target + path->keys.columns[i] : path->column_count;
        if (!path->relation->has_links)
            add_column(path, ar_path_name(&path->tables, 0), &path->keys.model->columns[path->keys.columns[i]]);
    }
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* Return true if the keys are a table of the statement. */
static bool joins_keys(const struct path_sql *path)
{
    const struct loading *loading = path->loading;

    if (loading->has_single_key || loading->is_by_parent || loading->access_path != ACCESS_BY_KEY)
        return false;
    if (!dialect_of(path)->has_key_arrays || loading->keys.has_column_types)
        return true;
    return path->keys.count > 1 && !path->is_split;
}

/* Add the table of keys, with the columns k0, k1, … and ordinal. */
static void add_keys_table(struct path_sql *path)
{
    const struct key_set *keys = &path->loading->keys;
    struct sql *sql = &path->sql;

    if (!dialect_of(path)->has_key_arrays) {
        ar_sql_add(sql, dialect_of(path)->key_table, "(", NULL);
        ar_sql_add_keys(sql, keys);
        ar_sql_add(sql, ") AS armature_keys CROSS JOIN ", NULL);
        return;
    }
    ar_sql_add_key_rows(sql, path->keys, keys);
    ar_sql_add(sql, keys->has_column_types ? " WITH ORDINALITY" : "", " AS armature_keys (", NULL);
    for (size_t i = 0; i < keys->column_count; i++) {
        const char name[] = {(char)('0' + i), '\0'};
        ar_sql_add(sql, i > 0 ? ", k" : "k", name, NULL);
    }
    ar_sql_add(sql, keys->has_column_types ? ", ordinal) JOIN " : ") JOIN ", NULL);
}

/* Compare the first table with the keys, whose placeholders begin with this number. */
static void add_keys_match(struct path_sql *path, size_t first)
{
    for (size_t i = 0; i < path->keys.count; i++) {
        const char name[] = {(char)('0' + i), '\0'};
        ar_sql_add(&path->sql, i > 0 ? " AND " : " ON ", NULL);
        ar_sql_add_column_of(&path->sql, ar_path_name(&path->tables, 0),
                             &path->keys.model->columns[path->keys.columns[i]]);
        ar_sql_add_operator_of(&path->sql, &path->keys.model->columns[path->keys.columns[i]], "=");
        ar_sql_add(&path->sql, "armature_keys.k", name, NULL);
    }
    path->sql.table = ar_path_name(&path->tables, 0);
    ar_sql_add_routing(&path->sql, path->keys, &path->loading->keys, first);
    path->sql.table = NULL;
}

/* Compare the first table with the only key. */
static void add_single_key(struct path_sql *path, const char *first)
{
    const struct key_set *keys = &path->loading->keys;
    const struct ar_value integer = ar_value_integer(keys->integers != NULL ? keys->integers[0] : 0);

    path->sql.table = first;
    ar_sql_add_key(&path->sql, path->keys, keys->integers != NULL ? &integer : keys->values);
    path->sql.table = NULL;
}

/* Add the condition on the first table, which selects the rows of the owners. */
static void add_owners(struct path_sql *path)
{
    struct loading *loading = path->loading;
    const char *first = ar_path_name(&path->tables, 0);
    struct sql *sql = &path->sql;

    if (loading->has_single_key) {
        add_single_key(path, first);
    } else if (loading->access_path == ACCESS_WHOLE_TABLE) {
        ar_sql_add_key_columns_of(sql, first, path->keys);
        ar_sql_add(sql, " IS NOT NULL", NULL);
    } else if (loading->is_by_parent) {
        ar_sql_add_tuple_of(sql, first, path->keys);
        ar_load_sql_add_in_owners(sql, path->q);
    } else if (loading->access_path == ACCESS_BY_SCAN) {
        ar_sql_add_key_test(sql, first, path->keys, &loading->keys);
    } else {
        sql->table = first;
        if (path->is_split)
            ar_sql_add_in_split_keys(sql, &path->split);
        else
            ar_sql_add_in_key_set(sql, path->keys, &loading->keys);
        sql->table = NULL;
    }
}

/* Add FROM with all rows of the path that belong to the owners. */
static void add_rows(struct path_sql *path)
{
    bool has_table = joins_keys(path);
    struct sql *sql = &path->sql;
    size_t first = sql->last_number + 1;

    ar_sql_add(sql, " FROM ", NULL);
    if (has_table)
        add_keys_table(path);
    ar_sql_add_path_table(sql, &path->tables, 0);
    if (has_table)
        add_keys_match(path, first);
    ar_sql_add_path_joins(sql, &path->tables, path->tables.count);
    if (!has_table) {
        ar_sql_add(sql, " WHERE ", NULL);
        add_owners(path);
    }
    ar_sql_add_path_conditions(sql, &path->tables, 0);
    ar_sql_add_scope(sql, path->relation, path->relation->target->sql);
    if (path->q != NULL)
        ar_sql_add_conditions(sql, " AND ", path->q);
}

/* ---- Order and limit --------------------------------------------------------------------------------------------- */

/* Add the order of the links that lead to the same target. */
static void add_link_order(struct path_sql *path, bool descending)
{
    const struct ar_model *link = path->keys.model;

    if (!path->relation->has_links)
        return;
    for (size_t i = 0; i < link->key_count; i++) {
        ar_sql_add(&path->sql, ", ", NULL);
        ar_sql_add_column_of(&path->sql, ar_path_name(&path->tables, 0), &link->columns[link->key[i]]);
        ar_sql_add(&path->sql, descending ? " DESC" : "", NULL);
    }
}

static void add_order(struct path_sql *path)
{
    if (!ar_load_sql_is_ordered(path->relation, path->q))
        return;
    ar_sql_add_relation_orders(&path->sql, path->relation, path->q, false);
    add_link_order(path, false);
}

static bool is_backward(const struct path_sql *path)
{
    return path->q != NULL && ar_query_is_backward(path->q);
}

/* Add the rank of the row among those of its key: of the row, or of the target if the list is distinct. */
static void add_rank(struct path_sql *path)
{
    const struct loading *loading = path->loading;
    struct sql *sql = &path->sql;

    ar_sql_add(sql, ", ", NULL);
    ar_sql_add_function(sql, path->relation->is_distinct ? "dense_rank" : "row_number");
    ar_sql_add(sql, "() OVER (", NULL);
    if (!loading->has_single_key) {
        ar_sql_add(sql, "PARTITION BY ", NULL);
        if (loading->rows_have_ordinals)
            ar_sql_add(sql, "armature_keys.ordinal", NULL);
        else
            ar_sql_add_key_columns_of(sql, ar_path_name(&path->tables, 0), path->keys);
    }
    ar_sql_add_ranking(sql, path->relation, path->q);
    add_link_order(path, is_backward(path));
    ar_sql_add(sql, ") AS armature_rank", NULL);
}

/* Begin the statement that selects from the ranked rows. */
static void open_limit(struct path_sql *path, size_t column_count)
{
    for (size_t i = 0; i < column_count; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%sc%zu", i > 0 ? ", " : "SELECT ", i);
        ar_sql_add(&path->sql, name, NULL);
    }
    ar_sql_add(&path->sql, " FROM (", NULL);
}

static void close_limit(struct path_sql *path)
{
    ar_sql_add(&path->sql, ") AS armature_rows WHERE ", NULL);
    ar_load_sql_add_rank_limit(&path->sql, path->relation, path->q);
    ar_sql_add(&path->sql, is_backward(path) ? " ORDER BY armature_rank DESC" : " ORDER BY armature_rank", NULL);
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

/* Return the number of columns of the rows. */
static size_t count_columns(const struct path_sql *path)
{
    const struct loading *loading = path->loading;
    size_t count = path->relation->target->column_count;

    if (path->relation->has_links)
        count += path->keys.model->column_count;
    if (loading->rows_have_ordinals)
        count++;
    else if (!path->relation->has_links && !loading->has_single_key)
        count += path->keys.count;
    return count;
}

enum ar_status ar_loading_add_path_statement(struct loading *loading, struct statement *statement)
{
    const struct ar_relation *relation = loading->load.relation;
    struct path_sql path = {
        .loading = loading,
        .relation = relation,
        .q = loading->load.refinement,
        .sql = ar_sql_start(loading->link),
        .keys = ar_target_columns(relation),
        .is_limited = ar_load_sql_limits_keys(relation, loading->load.refinement),
    };

    path.is_split = loading->access_path == ACCESS_BY_KEY && !loading->is_by_parent &&
                    ar_sql_split_keys(&path.sql, path.keys, &loading->keys, &path.split);
    loading->rows_have_ordinals = loading->rows_have_ordinals && joins_keys(&path);
    statement->column_count = count_columns(&path);
    ar_sql_name_path(&path.sql, relation, relation->target->sql, &path.tables);
    path.tables.has_deleted = path.q != NULL && path.q->has_deleted;
    if (path.is_limited)
        open_limit(&path, statement->column_count);
    ar_sql_add(&path.sql, "SELECT ", NULL);
    add_columns(&path, relation->target->sql, relation->target);
    if (relation->has_links)
        add_columns(&path, ar_path_name(&path.tables, 0), path.keys.model);
    add_key_of_row(&path);
    if (path.is_limited)
        add_rank(&path);
    add_rows(&path);
    if (path.is_limited)
        close_limit(&path);
    else
        add_order(&path);
    return ar_sql_finish(&path.sql, statement);
}
