/* SQL of a condition. */
#ifndef AR_CONDITION_SQL_H
#define AR_CONDITION_SQL_H

#include "sql/builder.h"

#include <armature/condition.h>

/* Add a condition as ar_condition_copy returned it. Its columns are those of `table`, a name or alias. */
void ar_sql_add_condition(struct sql *sql, const struct ar_term *condition, const char *table);

#endif
