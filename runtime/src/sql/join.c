/* The rows of a relation, as SQL that refers to a row of its owner. */
#include "sql/join.h"

#include "sql/keys.h"
#include "sql/path.h"
#include "sql/scope.h"
#include "sql/sort_keys.h"

/* The owners of related rows. */
struct owners {
    const char *name;           /* of their table */
    const struct key_set *keys; /* if they are a set of keys; or NULL */
    size_t first;               /* the number of the first placeholder of the keys */
};

/* Add the condition that a table of the path has the owner's key. */
static void add_owner_match(struct sql *sql, const struct ar_relation *relation, const struct owners *owners,
                            const char *table)
{
    struct key_columns owned = ar_owner_columns(relation), wanted = ar_target_columns(relation);
    const char *before = sql->table;

    for (size_t i = 0; i < wanted.count; i++) {
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column_of(sql, table, &wanted.model->columns[wanted.columns[i]]);
        ar_sql_add_operator_of(sql, &wanted.model->columns[wanted.columns[i]], "=");
        ar_sql_add_column_of(sql, owners->name, &owned.model->columns[owned.columns[i]]);
    }
    ar_sql_add_owner_guard(sql, ar_first_hop(relation), owners->name);
    if (owners->keys == NULL)
        return;
    sql->table = table;
    ar_sql_add_routing(sql, wanted, owners->keys, owners->first);
    sql->table = before;
}

/* Rows of the path; of a distinct relation, rows of the target, so that each counts once. */
static void add_related_by_path(struct sql *sql, const struct ar_relation *relation, const struct owners *owners,
                                const char *target)
{
    struct path_tables tables;

    ar_sql_name_path(sql, relation, target, &tables);
    if (relation->is_distinct) {
        ar_sql_add(sql, ar_sql_table(sql, relation->target), " AS ", target, " WHERE ", NULL);
        ar_sql_open_path_filter(sql, &tables);
        add_owner_match(sql, relation, owners, ar_path_name(&tables, 0));
        ar_sql_close_path_filter(sql, &tables);
        return;
    }
    ar_sql_add_path_table(sql, &tables, 0);
    ar_sql_add_path_joins(sql, &tables, tables.count);
    ar_sql_add(sql, " WHERE ", NULL);
    add_owner_match(sql, relation, owners, ar_path_name(&tables, 0));
    ar_sql_add_path_conditions(sql, &tables, 0);
    ar_sql_add_scope(sql, relation, target);
}

/* Add what follows FROM. */
static void add_related(struct sql *sql, const struct ar_relation *relation, const struct owners *owners,
                        const char *target)
{
    if (ar_has_path(relation)) {
        add_related_by_path(sql, relation, owners, target);
        return;
    }
    ar_sql_add(sql, ar_sql_table(sql, relation->target), " AS ", target, " WHERE ", NULL);
    add_owner_match(sql, relation, owners, target);
    ar_sql_add_scope(sql, relation, target);
}

void ar_sql_add_related(struct sql *sql, const struct ar_relation *relation, const char *owner, const char *target)
{
    ar_sql_add(sql, " FROM ", NULL);
    add_related(sql, relation, &(struct owners){.name = owner}, target);
}

void ar_sql_add_rows_of_keys(struct sql *sql, const struct ar_relation *relation, const char *owner, const char *target,
                             const struct key_set *keys, size_t first)
{
    add_related(sql, relation, &(struct owners){owner, keys, first}, target);
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
