/* The conditions that every row of a relation meets. */
#include "sql/scope.h"

#include "sql/living.h"

void ar_sql_add_scope(struct sql *sql, const struct ar_relation *relation, const char *target)
{
    ar_sql_add_where(sql, relation, target);
    if (!ar_has_path(relation))
        (void)ar_sql_add_living(sql, " AND ", relation->target, target);
}

void ar_sql_add_where(struct sql *sql, const struct ar_relation *relation, const char *target)
{
    const char *const *piece = relation->where;

    if (piece == NULL)
        return;
    ar_sql_add(sql, " AND (", *piece, NULL);
    while (*++piece != NULL)
        ar_sql_add(sql, target, *piece, NULL);
    ar_sql_add(sql, ")", NULL);
}
