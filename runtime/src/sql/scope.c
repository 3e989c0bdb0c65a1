/* The conditions that every row of a relation meets. */
#include "sql/scope.h"

#include "sql/living.h"

void ar_sql_add_guard(struct sql *sql, const struct ar_relation *relation, const char *table)
{
    ar_sql_add_column_of(sql, table, &ar_referring_model(relation)->columns[relation->guard->column]);
    ar_sql_add_operator(sql, "=");
    ar_sql_add(sql, relation->guard->sql, NULL);
}

void ar_sql_add_owner_guard(struct sql *sql, const struct ar_relation *relation, const char *owner)
{
    if (relation->guard == NULL || !ar_owner_has_foreign_key(relation))
        return;
    ar_sql_add(sql, " AND ", NULL);
    ar_sql_add_guard(sql, relation, owner);
}

void ar_sql_add_scope(struct sql *sql, const struct ar_relation *relation, const char *target)
{
    ar_sql_add_where(sql, relation, target);
    if (!ar_has_path(relation))
        (void)ar_sql_add_living(sql, " AND ", relation->target, target);
}

void ar_sql_add_where(struct sql *sql, const struct ar_relation *relation, const char *target)
{
    const char *const *piece = relation->where;

    sql->fans_out = sql->fans_out || relation->target->all_shards;

    if (relation->guard != NULL && !ar_owner_has_foreign_key(relation)) {
        ar_sql_add(sql, " AND ", NULL);
        ar_sql_add_guard(sql, relation, target);
    }
    if (piece == NULL)
        return;
    ar_sql_add(sql, " AND (", *piece, NULL);
    while (*++piece != NULL)
        ar_sql_add(sql, target, *piece, NULL);
    ar_sql_add(sql, ")", NULL);
}
