/* The choice of a tree's plan. */
#include "read/tree_choice.h"

#include "link/ask.h"
#include "read/load_sql.h"
#include "read/tree_history.h"

/* In one trip, each level repeats all levels above it. PostgreSQL plans 25 nested levels in 0.1 s, 100 in 6 s. */
enum { ONE_TRIP_LEVELS_MAX = 16 };

/* The levels of which each may find the single row of the level above again. */
enum { REPEATED_LEVELS_MAX = 4 };

static bool takes_whole_tables(const struct tree *tree)
{
    for (size_t i = 1; i < tree->node_count; i++)
        if (!tree->nodes[i].takes_all)
            return false;
    return true;
}

/* The statement of an aggregate names the keys of the level above, unless that is a whole table. */
static bool needs_keys(const struct node *node)
{
    return node->q->measure != NULL && !node->takes_all && !node->has_key;
}

/* A failure is reported when the node is loaded. */
static bool may_differ_in_bytes(const struct tree *tree, const struct node *node)
{
    bool by_rules;

    return ar_ask_compares_by_rules(tree->link, node->q->relation, &by_rules) != AR_OK || by_rules;
}

/* Return true if the rows of a node are found by the conditions of its parent, which has at most one row. In the
 * caller's transaction, the two statements may see different states. */
static bool repeats_parent(const struct tree *tree, const struct node *node)
{
    const struct ar_query *parent = node->parent->q;

    return node->parent->is_single && node->level <= REPEATED_LEVELS_MAX && tree->nodes[0].q->plan == AR_PLAN_AUTO &&
           tree->link->transaction.depth == 0 && !parent->matches_nothing && !ar_load_sql_is_limited(parent) &&
           !ar_load_sql_is_limited(node->q) && !needs_keys(node) && !may_differ_in_bytes(tree, node);
}

static void set_trips(struct tree *tree, enum ar_plan plan)
{
    tree->trip_count = 1;
    tree->nodes[0].trip = 0;
    for (size_t i = 1; i < tree->node_count; i++) {
        struct node *node = &tree->nodes[i];
        bool waits = plan != AR_PLAN_ONE_TRIP && !node->has_key && !repeats_parent(tree, node);
        node->trip = node->parent->trip + waits;
        if (node->trip >= tree->trip_count)
            tree->trip_count = node->trip + 1;
    }
}

static enum ar_plan choose(const struct tree *tree, const char **why)
{
    const struct driver *driver = tree->link->db->driver;
    enum ar_plan wish = tree->nodes[0].q->plan;

    *why = "the database runs in this process: there are no round trips to save";
    if (driver->round_trip == NULL)
        return AR_PLAN_WAVES;
    *why = "the query matches nothing";
    if (tree->nodes[0].q->matches_nothing)
        return AR_PLAN_WAVES;
    *why = "there is only one level";
    if (tree->level_count == 1)
        return AR_PLAN_WAVES;
    *why = "a key in the conditions leads to the rows of all levels";
    if (tree->trip_count == 1)
        return AR_PLAN_WAVES;
    *why = "user SQL returns the first level";
    if (tree->nodes[0].q->user_sql != NULL)
        return AR_PLAN_WAVES;
    *why = "only the first rows are requested";
    if (tree->at_most < UINT64_MAX)
        return AR_PLAN_WAVES;
    *why = "a limit applies to each parent";
    for (size_t i = 0; i < tree->node_count; i++)
        if (ar_load_sql_is_limited(tree->nodes[i].q) && !tree->nodes[i].has_key)
            return AR_PLAN_WAVES;
    *why = "an aggregate of a relation needs the keys of the level above";
    for (size_t i = 1; i < tree->node_count; i++)
        if (needs_keys(&tree->nodes[i]))
            return AR_PLAN_WAVES;
    *why = "keys may be equal without having the same bytes, so that each row must carry its key";
    for (size_t i = 1; i < tree->node_count; i++)
        if (may_differ_in_bytes(tree, &tree->nodes[i]))
            return AR_PLAN_WAVES;
    *why = "there are too many levels for one trip, in which each level repeats all levels above it";
    if (tree->level_count > ONE_TRIP_LEVELS_MAX && !takes_whole_tables(tree))
        return AR_PLAN_WAVES;
    *why = "the caller chose this plan";
    if (wish != AR_PLAN_AUTO)
        return wish;
    *why = "each level is a whole table and needs nothing from the level above";
    if (takes_whole_tables(tree))
        return AR_PLAN_ONE_TRIP;
    /* Below REPEATABLE READ, each statement sees a different state: a parent that another session changed in between
     * would seem to have no children. */
    *why = "in the caller's transaction, the levels may see different states";
    if (tree->link->transaction.depth > 0)
        return AR_PLAN_WAVES;
    *why = "by the measured times of this tree and of a round trip";
    return ar_tree_expect(tree, driver->round_trip(tree->link->connection));
}

enum ar_plan ar_tree_choose(struct tree *tree, const char **why)
{
    enum ar_plan plan;

    set_trips(tree, AR_PLAN_WAVES);
    plan = choose(tree, why);
    if (plan == AR_PLAN_ONE_TRIP)
        set_trips(tree, plan);
    return plan;
}
