/* The statements of a tree's nodes. Each function appends one to the statements of the next round trip, or none if it
 * could return no rows, and starts the node: its rows are taken as they arrive. */
#ifndef AR_TREE_STATEMENTS_H
#define AR_TREE_STATEMENTS_H

#include "read/tree_plan.h"

enum ar_status ar_tree_add_root(struct tree *tree);

/* Append the statement of a node by the keys of its owners, whose rows were read. */
enum ar_status ar_tree_add_by_keys(struct tree *tree, struct node *node);

/* Append the statement of a node by the conditions of its parent, whose rows arrive in the same round trip. */
enum ar_status ar_tree_add_by_parent(struct tree *tree, struct node *node);

/* Append the statement that the plan would run for the node with few keys. It is only described, never run. */
enum ar_status ar_tree_preview(struct tree *tree, struct node *node, enum ar_plan plan);

/* End the loads of all started nodes. */
void ar_tree_end(struct tree *tree);

#endif
