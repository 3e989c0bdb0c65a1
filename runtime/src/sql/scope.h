/* The conditions that every row of a relation meets. */
#ifndef AR_SQL_SCOPE_H
#define AR_SQL_SCOPE_H

#include "sql/builder.h"

/* Add the guard of the relation, as a condition on the table with the foreign key. */
void ar_sql_add_guard(struct sql *sql, const struct ar_relation *relation, const char *table);

/* Add ` AND …` with the guard, if the relation has one and its owner has the foreign key. */
void ar_sql_add_owner_guard(struct sql *sql, const struct ar_relation *relation, const char *owner);

/* Add ` AND …` with the conditions on rows of the target: its type, `.where`, and that the row is not deleted by a
 * time. If the relation has a path, the last relation on it has the latter. target  the name or alias of the target's
 * table */
void ar_sql_add_scope(struct sql *sql, const struct ar_relation *relation, const char *target);

/* Add only the type and the condition of `.where`, if there are any. */
void ar_sql_add_where(struct sql *sql, const struct ar_relation *relation, const char *target);

#endif
