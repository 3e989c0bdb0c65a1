/* Running a query with the relations that it loads eagerly. */
#ifndef AR_TREE_H
#define AR_TREE_H

#include "read/query.h"

/* Run the query and load its tree from one state of the database, in as few round trips as are worth it. Set *out to
 * the query's own rows, at most `at_most` of them. On failure, nothing of the tree is cached. */
enum ar_status ar_tree_run(struct ar_query *q, uint64_t at_most, struct result **out);

#endif
