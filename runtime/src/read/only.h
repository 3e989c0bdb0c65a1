/* Queries of some columns: which ones, their SQL, and their rows.
 *
 * The statement of a query begins with the list of all columns of its model, which is replaced by the list of those
 * that are wanted. Its rows are passed on as rows of all columns, of which only those are read (partial.h), so that
 * nothing else differs from a complete query. */
#ifndef AR_ONLY_H
#define AR_ONLY_H

#include "read/query.h"
#include "store/collector.h"

/* Make the statement of a query load only the wanted columns, if the query does. `rows` collects its rows. */
enum ar_status ar_only_apply(const struct ar_query *q, struct row_collector *rows, struct statement *statement);

#endif
