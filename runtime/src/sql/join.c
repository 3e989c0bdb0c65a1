/* The rows of a relation, as SQL that refers to a row of its owner. */
#include "sql/join.h"

#include "model/type_info.h"
#include "sql/sort_keys.h"

void ar_sql_add_related(struct sql *sql, const struct ar_relation *relation, const char *owner, const char *target)
{
    struct key_columns owned = ar_owner_columns(relation), wanted = ar_target_columns(relation);

    ar_sql_add(sql, " FROM ", relation->target->sql, " AS ", target, NULL);
    for (size_t i = 0; i < wanted.count; i++) {
        ar_sql_add(sql, i > 0 ? " AND " : " WHERE ", NULL);
        ar_sql_add_column_of(sql, target, &wanted.model->columns[wanted.columns[i]]);
        ar_sql_add_operator(sql, "=");
        ar_sql_add_column_of(sql, owner, &owned.model->columns[owned.columns[i]]);
    }
    ar_sql_add_scope(sql, relation, target);
}

void ar_sql_add_scope(struct sql *sql, const struct ar_relation *relation, const char *target)
{
    const char *const *piece = relation->where;

    if (piece == NULL)
        return;
    ar_sql_add(sql, " AND (", *piece, NULL);
    while (*++piece != NULL)
        ar_sql_add(sql, target, *piece, NULL);
    ar_sql_add(sql, ")", NULL);
}

static void add_order(struct sql *sql, const struct ar_relation *relation, const char *target)
{
    struct sort_keys keys;

    if (!ar_relation_sort_keys(relation, sql->text.arena, &keys)) {
        sql->text.out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < keys.count; i++) {
        ar_sql_add(sql, i > 0 ? ", " : " ORDER BY ", NULL);
        ar_sql_add_column_of(sql, target, keys.items[i].column);
        ar_sql_add_direction(sql, keys.items[i].descending, ar_column_may_be_null(keys.items[i].column));
    }
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
    add_order(sql, relation, row.name);
    ar_sql_add(sql, " LIMIT 1) AS ", target, " WHERE ", NULL);
    ar_sql_add_truth(sql, true);
}
