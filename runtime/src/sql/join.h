/* The rows of a relation, as SQL that refers to a row of its owner. Every statement with related rows in a sub-select
 * (conditions, counts, orders) takes them from here. */
#ifndef AR_SQL_JOIN_H
#define AR_SQL_JOIN_H

#include "sql/scope.h"

/* Add ` FROM target AS t WHERE t.… = owner.…`: the rows of the relation that belong to one row of its owner.
 *   owner   the name or alias of the owner's table in the enclosing statement
 *   target  the alias of the target's table
 * The caller may add further conditions, after AND. */
void ar_sql_add_related(struct sql *sql, const struct ar_relation *relation, const char *owner, const char *target);

/* Do the same without ` FROM `, for owners that are a set of keys.
 *   owner   the name of the keys as a table
 *   first   the number of their first placeholder */
void ar_sql_add_rows_of_keys(struct sql *sql, const struct ar_relation *relation, const char *owner, const char *target,
                             const struct key_set *keys, size_t first);

/* Do the same as ar_sql_add_related, but if the relation leads to one record although several rows may refer to the
 * owner, add only the row that is this record: the first. */
void ar_sql_add_related_record(struct sql *sql, const struct ar_relation *relation, const char *owner,
                               const char *target);

#endif
