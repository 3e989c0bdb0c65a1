/* The rows of a load: each becomes a record and is collected with the index of its key. */
#ifndef AR_LOAD_ROWS_H
#define AR_LOAD_ROWS_H

#include "read/loading.h"

struct load_key;

/* The on_row of a load's statement. */
enum ar_status ar_loading_take_row(void *payload, const struct row *row);

/* Find the requested key by its ordinal in a column of the row. */
enum ar_status ar_loading_find_by_ordinal(struct loading *loading, const struct row *row, size_t column,
                                          struct load_key **out);

/* The before_rows of a load in one trip: the owners were read, and their keys can be collected. */
enum ar_status ar_loading_take_owners(void *payload);

#endif
