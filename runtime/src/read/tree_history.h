/* How long trees took in either plan, so that AR_PLAN_AUTO takes the one that is faster for this tree and its rows.
 *
 * The time of a run is that of its round trips and that of its work, which is the server's, the transfer's and ours.
 * One trip saves round trips and repeats work, because each level selects the levels above it again. How much that
 * costs depends on the rows and on the server's plans, and is not known in advance, but programs run the same trees
 * again and again. So the work per row is observed, for each shape of a tree and in each plan. A plan that has not been
 * observed is estimated from the other one, as if all levels took the same time.
 *
 * The time of a round trip is the shortest one recently measured, because on a busy machine single ones look slow. On
 * the same machine, where it is shortest of all, trees are always loaded level by level.
 *
 * The observations of a database are in a table of fixed size, without a lock: if two threads write an entry at once,
 * or two shapes share one, it may be wrong for a while, and only the choice of a plan depends on it. */
#ifndef AR_TREE_HISTORY_H
#define AR_TREE_HISTORY_H

#include "link/db.h"
#include "read/tree_plan.h"

/* A complete run of a tree. */
struct tree_run {
    enum ar_plan plan;
    uint64_t microseconds;
    uint64_t round_trip; /* in microseconds */
    uint64_t rows;       /* of all levels */
};

/* Note a run. Without memory, nothing is noted. */
void ar_tree_note(const struct tree *tree, const struct tree_run *run);

/* Return the plan that is expected to be faster, at this time of a round trip in microseconds. */
enum ar_plan ar_tree_expect(const struct tree *tree, uint64_t round_trip);

#endif
