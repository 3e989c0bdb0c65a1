/* The choice of a tree's plan: level by level, or all levels in one round trip. */
#ifndef AR_TREE_CHOICE_H
#define AR_TREE_CHOICE_H

#include "read/tree_plan.h"

/* Choose the plan, AR_PLAN_WAVES or AR_PLAN_ONE_TRIP, set the round trips of the nodes, and give the reason. The
 * session has a connection. */
enum ar_plan ar_tree_choose(struct tree *tree, const char **why);

#endif
