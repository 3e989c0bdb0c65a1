/* The rows of a relation, as SQL that refers to a row of its owner. */
#include "sql/join.h"

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
