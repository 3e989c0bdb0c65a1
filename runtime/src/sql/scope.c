/* The condition of a relation, from `.where`. */
#include "sql/scope.h"

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
