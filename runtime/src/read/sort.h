/* The sort keys of queries: what ORDER BY contains, and what a page compares. */
#ifndef AR_SORT_H
#define AR_SORT_H

#include "read/query.h"

/* What a query sorts by: its orders, or else those of its relation, followed by the columns of the primary key, so that
 * the order is total. */
struct sort_keys {
    struct ar_order *items;
    size_t count;
};

/* List the sort keys in the arena. Return false if out of memory. */
bool ar_query_sort_keys(const struct ar_query *q, struct arena *arena, struct sort_keys *out);

/* Do the same for the order of a relation, which may have none. */
bool ar_relation_sort_keys(const struct ar_relation *relation, struct arena *arena, struct sort_keys *out);

/* Return true if the query or its relation has an order. */
bool ar_query_is_ordered(const struct ar_query *q);

/* Return true if rows may have NULL in this column, which counts as the smallest value. */
bool ar_column_may_be_null(const struct ar_column *column);

#endif
