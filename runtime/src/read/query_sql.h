/* SQL of a query: its conditions, its order and its limit. */
#ifndef AR_QUERY_SQL_H
#define AR_QUERY_SQL_H

#include "read/query.h"
#include "sql/builder.h"

/* Add the query's scope and conditions after `intro` (" WHERE ", " AND "), if it has any. */
void ar_sql_add_conditions(struct sql *sql, const char *intro, const struct ar_query *q);

/* Add ORDER BY: the query's orders, followed by the primary key so that the order is total. Without orders, add the key
 * alone if `by_key`, otherwise nothing. */
void ar_sql_add_orders(struct sql *sql, const struct ar_query *q, bool by_key);

/* Add LIMIT and OFFSET, if there are any, for at most `at_most` rows. */
void ar_sql_add_limit(struct sql *sql, const struct ar_query *q, uint64_t at_most);

#endif
