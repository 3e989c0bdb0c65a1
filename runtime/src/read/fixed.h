/* Values that the conditions of a query fix. */
#ifndef AR_FIXED_H
#define AR_FIXED_H

#include "read/query.h"

/* Return true if the conditions allow a column only one value, which they name: *out. Its bytes, if any, belong to the
 * query. */
bool ar_query_fixes(const struct ar_query *q, const struct ar_column *column, struct ar_value *out);

/* Return true if a query has at most one row: its conditions fix the primary key, or it is a sub-query of the targets
 * of foreign keys in such a query. */
bool ar_query_is_single(const struct ar_query *q);

#endif
