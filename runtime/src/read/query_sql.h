/* SQL of a query: its conditions, its order and its limit. */
#ifndef AR_QUERY_SQL_H
#define AR_QUERY_SQL_H

#include "read/query.h"
#include "sql/builder.h"

/* Add the query's scope, conditions and page after `intro` (" WHERE ", " AND "), if it has any. */
void ar_sql_add_conditions(struct sql *sql, const char *intro, const struct ar_query *q);

/* Add ORDER BY with the sort keys, if the query or its relation has an order, if the query is a page, or if `by_key`.
 */
void ar_sql_add_orders(struct sql *sql, const struct ar_query *q, bool by_key);

/* Do the same for a relation and the sub-query that refines it. If that is NULL, `by_key` has no effect: the order is
 * that of the relation, if it has one. */
void ar_sql_add_relation_orders(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q,
                                bool by_key);

/* Add ORDER BY with the sort keys by which a limit selects rows of a relation and its sub-query, or NULL: those of a
 * page that ends before a record are reversed. */
void ar_sql_add_ranking(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q);

/* Add LIMIT and OFFSET, if there are any, for at most `at_most` rows. */
void ar_sql_add_limit(struct sql *sql, const struct ar_query *q, uint64_t at_most);

/* Add ORDER BY, LIMIT and OFFSET that select the rows of a limited query. A page before a record ends there: its rows
 * are selected, and returned, in the reverse order. */
void ar_sql_add_selection(struct sql *sql, const struct ar_query *q);

#endif
