/* Running a query with its tree of relations: in one snapshot, in as few round trips as pay. */
#ifndef AR_TREE_H
#define AR_TREE_H

#include "read/query.h"

/* Runs the query and loads its tree. `out` receives the query's own rows, at most `at_most` of them. On failure
 * nothing of the tree is remembered. */
enum ar_status ar_tree_run(struct ar_query *q, uint64_t at_most, struct result **out);

#endif
