/* The condition of a relation, from `.where`. */
#ifndef AR_SQL_SCOPE_H
#define AR_SQL_SCOPE_H

#include "sql/builder.h"

/* Add ` AND (…)` with the condition of the relation, if it has one.
 *   target  the name or alias of the target's table */
void ar_sql_add_scope(struct sql *sql, const struct ar_relation *relation, const char *target);

#endif
