/* The nodes of a tree, and the choice of a plan. */
#include "read/tree_plan.h"

#include "link/ask.h"
#include "read/load.h"
#include "read/load_sql.h"

static size_t count_queries(const struct ar_query *q)
{
    size_t count = 1;

    for (const struct ar_query *child = q->first_child; child != NULL; child = child->next)
        count += count_queries(child);
    return count;
}

static bool leaves_rows_out(const struct ar_query *q)
{
    return (q->model->deleted_at != NULL && !q->has_deleted) || q->conditions != NULL || q->scope.count > 0 ||
           q->has_limit || q->offset > 0 || q->matches_nothing || ar_query_is_page(q);
}

/* Initialize a node, except the large members, which are filled when it is started. */
static void begin_node(struct node *node, struct ar_query *q, struct node *parent)
{
    node->q = q;
    node->parent = parent;
    node->level = parent != NULL ? parent->level + 1 : 0;
    node->rows.result = NULL;
    node->is_started = false;
}

static void begin_root(struct node *node, struct ar_query *q, uint64_t at_most)
{
    begin_node(node, q, NULL);
    node->takes_all = false;
    node->is_all = at_most == UINT64_MAX && q->user_sql == NULL && !leaves_rows_out(q);
}

static void begin_child(struct node *node, struct ar_query *q, struct node *parent)
{
    begin_node(node, q, parent);
    /* The aggregates of a relation with a path are not grouped by the keys of its first table. */
    node->takes_all =
        parent->is_all && ar_load_can_take_all(q->relation, q) && (q->measure == NULL || !ar_has_path(q->relation));
    node->is_all = node->takes_all && q->relation->where == NULL && q->relation->guard == NULL &&
                   !ar_has_path(q->relation) && !leaves_rows_out(q);
}

enum ar_status ar_tree_list(struct ar_query *q, uint64_t at_most, struct tree *out)
{
    struct arena *scratch = &q->store->scratch;
    size_t count = count_queries(q);

    *out = (struct tree){
        .store = q->store,
        .link = q->link,
        .at_most = at_most,
        .nodes = ar_arena_allocate(scratch, count * sizeof *out->nodes),
        .statements = ar_arena_allocate(scratch, (count + 2) * sizeof *out->statements),
        .outcomes = ar_arena_allocate(scratch, (count + 2) * sizeof *out->outcomes),
        .has_snapshot = count > 1 && q->link->transaction.depth == 0 && !q->link->options.snapshot,
    };
    if (out->nodes == NULL || out->statements == NULL || out->outcomes == NULL)
        return ar_fail_no_memory(&q->store->failure);
    begin_root(&out->nodes[out->node_count++], q, at_most);
    for (size_t i = 0; i < out->node_count; i++) {
        struct node *node = &out->nodes[i];
        for (struct ar_query *child = node->q->first_child; child != NULL; child = child->next)
            begin_child(&out->nodes[out->node_count++], child, node);
        out->level_count = node->level + 1;
    }
    return AR_OK;
}

/* ---- The choice -------------------------------------------------------------------------------------------------- */

/* Microseconds from which saving round trips is worth selecting the parents again. For 1,000 parents with 10,000
 * children that took PostgreSQL 9 ms, for 100 with 1,000 about 1 ms. */
enum { EXPENSIVE_ROUND_TRIP = 500 };

/* In one trip, each level repeats all levels above it. PostgreSQL plans 25 nested levels in 0.1 s, 100 in 6 s. */
enum { ONE_TRIP_LEVELS_MAX = 16 };

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
    return node->q->measure != NULL && !node->takes_all;
}

/* A failure is reported when the node is loaded. */
static bool may_differ_in_bytes(const struct tree *tree, const struct node *node)
{
    bool by_rules;

    return ar_ask_compares_by_rules(tree->link, node->q->relation, &by_rules) != AR_OK || by_rules;
}

enum ar_plan ar_tree_choose(const struct tree *tree, const char **why)
{
    const struct driver *driver = tree->link->db->driver;
    enum ar_plan wish = tree->nodes[0].q->plan;

    *why = "the database runs in this process: there are no round trips to save";
    if (driver->round_trip == NULL)
        return AR_PLAN_WAVES;
    *why = "there is only one level";
    if (tree->level_count == 1)
        return AR_PLAN_WAVES;
    *why = "user SQL returns the first level";
    if (tree->nodes[0].q->user_sql != NULL)
        return AR_PLAN_WAVES;
    *why = "only the first rows are requested";
    if (tree->at_most < UINT64_MAX || tree->nodes[0].q->matches_nothing)
        return AR_PLAN_WAVES;
    *why = "a limit applies to each parent";
    for (size_t i = 0; i < tree->node_count; i++)
        if (ar_load_sql_is_limited(tree->nodes[i].q))
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
    *why = "by the measured time of a round trip";
    return driver->round_trip(tree->link->connection) >= EXPENSIVE_ROUND_TRIP ? AR_PLAN_ONE_TRIP : AR_PLAN_WAVES;
}
