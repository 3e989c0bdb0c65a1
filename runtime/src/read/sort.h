/* The sort keys of queries: what ORDER BY contains, and what a page compares. */
#ifndef AR_SORT_H
#define AR_SORT_H

#include "read/query.h"
#include "sql/sort_keys.h"

/* List what a query sorts by in the arena: its orders, or else those of its relation, followed by the key. Return false
 * if out of memory. */
bool ar_query_sort_keys(const struct ar_query *q, struct arena *arena, struct sort_keys *out);

/* Return true if the query or its relation has an order. */
bool ar_query_is_ordered(const struct ar_query *q);

#endif
