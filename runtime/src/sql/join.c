/* The rows of a relation, as SQL that refers to a row of its owner. */
#include "sql/join.h"

#include "sql/path.h"
#include "sql/scope.h"
#include "sql/sort_keys.h"

/* Add the condition that a table of the path has the owner's key. */
static void add_owner_match(struct sql *sql, const struct ar_relation *relation, const char *owner, const char *table)
{
    struct key_columns owned = ar_owner_columns(relation), wanted = ar_target_columns(relation);

    for (size_t i = 0; i < wanted.count; i++) {
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column_of(sql, table, &wanted.model->columns[wanted.columns[i]]);
        ar_sql_add_operator_of(sql, &wanted.model->columns[wanted.columns[i]], "=");
        ar_sql_add_column_of(sql, owner, &owned.model->columns[owned.columns[i]]);
    }
    ar_sql_add_owner_guard(sql, ar_first_hop(relation), owner);
}

/* Rows of the path; of a distinct relation, rows of the target, so that each counts once. */
static void add_related_by_path(struct sql *sql, const struct ar_relation *relation, const char *owner,
                                const char *target)
{
    struct path_tables tables;

    ar_sql_name_path(sql, relation, target, &tables);
    if (relation->is_distinct) {
        ar_sql_add(sql, ar_sql_table(sql, relation->target), " AS ", target, " WHERE ", NULL);
        ar_sql_open_path_filter(sql, &tables);
        add_owner_match(sql, relation, owner, ar_path_name(&tables, 0));
        ar_sql_close_path_filter(sql, &tables);
        return;
    }
    ar_sql_add_path_table(sql, &tables, 0);
    ar_sql_add_path_joins(sql, &tables, tables.count);
    ar_sql_add(sql, " WHERE ", NULL);
    add_owner_match(sql, relation, owner, ar_path_name(&tables, 0));
    ar_sql_add_path_conditions(sql, &tables, 0);
    ar_sql_add_scope(sql, relation, target);
}

void ar_sql_add_related(struct sql *sql, const struct ar_relation *relation, const char *owner, const char *target)
{
    ar_sql_add(sql, " FROM ", NULL);
    if (ar_has_path(relation)) {
        add_related_by_path(sql, relation, owner, target);
        return;
    }
    ar_sql_add(sql, ar_sql_table(sql, relation->target), " AS ", target, " WHERE ", NULL);
    add_owner_match(sql, relation, owner, target);
    ar_sql_add_scope(sql, relation, target);
}

void ar_sql_add_related_record(struct sql *sql, const struct ar_relation *relation, const char *owner,
                               const char *target)
{
    struct table_alias row;

    if (ar_owner_has_foreign_key(relation) || ar_relation_kind(relation).is_list) {
        ar_sql_add_related(sql, relation, owner, target);
        return;
    }
    row = ar_sql_next_alias(sql);
    ar_sql_add(sql, " FROM (SELECT ", row.name, ".*", NULL);
    ar_sql_add_related(sql, relation, owner, row.name);
    ar_sql_add_order_of_relation(sql, relation, row.name);
    ar_sql_add(sql, " LIMIT 1) AS ", target, " WHERE ", NULL);
    ar_sql_add_truth(sql, true);
}
