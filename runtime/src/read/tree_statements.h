/* The statements of a tree's nodes. */
#ifndef AR_TREE_STATEMENTS_H
#define AR_TREE_STATEMENTS_H

#include "read/tree_plan.h"

/* Append the statement of a node to those of the next round trip, unless it could return no rows, and start the node:
 * its rows are taken as they arrive. If the rows of its parent were read in an earlier round trip, it names their keys;
 * otherwise, the key of the node, or it repeats the conditions of the parent. */
enum ar_status ar_tree_add(struct tree *tree, struct node *node);

/* Append the statement that would run for the node with few keys. It is only described, never run. */
enum ar_status ar_tree_preview(struct tree *tree, struct node *node);

/* End the loads of all started nodes. */
void ar_tree_end(struct tree *tree);

#endif
