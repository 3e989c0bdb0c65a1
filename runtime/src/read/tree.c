/* Running a tree, one round trip after the other. tree_plan.h explains the plans. */
#include "read/tree.h"

#include "base/clock.h"
#include "link/connection.h"
#include "link/run.h"
#include "link/snapshot.h"
#include "read/tree_choice.h"
#include "read/tree_history.h"
#include "read/tree_statements.h"
#include "store/cache.h"

static enum ar_status run_statements(struct tree *tree)
{
    size_t count = tree->statement_count;
    enum ar_status status;

    tree->statement_count = 0;
    if (count == 0)
        return AR_OK;
    status = ar_run_all(tree->link, tree->statements, count, tree->outcomes);
    for (size_t i = 0; i < count; i++)
        tree->row_count += tree->outcomes[i].rows;
    return status;
}

/* Run a round trip. */
static enum ar_status run_trip(struct tree *tree, size_t trip)
{
    enum ar_status status = AR_OK;

    if (trip == 0 && tree->has_snapshot)
        tree->statements[tree->statement_count++] = ar_snapshot_begin(tree->link);
    for (size_t i = 0; i < tree->node_count && status == AR_OK; i++)
        if (tree->nodes[i].trip == trip)
            status = ar_tree_add(tree, &tree->nodes[i]);
    if (trip + 1 == tree->trip_count && tree->has_snapshot)
        tree->statements[tree->statement_count++] = ar_snapshot_end;
    return status == AR_OK ? run_statements(tree) : status;
}

static enum ar_status run_trips(struct tree *tree)
{
    enum ar_status status = AR_OK;

    for (size_t trip = 0; trip < tree->trip_count && status == AR_OK; trip++)
        status = run_trip(tree, trip);
    return status;
}

/* Run the tree, and note how long it took if there is a choice of plans. */
static enum ar_status run_and_note(struct tree *tree)
{
    uint64_t (*round_trip)(const struct connection *connection) = tree->link->db->driver->round_trip;
    const char *why;
    enum ar_plan plan = ar_tree_choose(tree, &why);
    uint64_t started;
    enum ar_status status;

    if (round_trip == NULL || tree->nodes[0].q->matches_nothing || (plan == AR_PLAN_WAVES && tree->trip_count == 1))
        return run_trips(tree);
    started = ar_microseconds_now();
    status = run_trips(tree);
    if (status == AR_OK)
        ar_tree_note(tree, &(struct tree_run){
                               .plan = plan,
                               .microseconds = ar_microseconds_now() - started,
                               .round_trip = round_trip(tree->link->connection),
                               .rows = tree->row_count,
                           });
    return status;
}

/* Drop from the caches what a failed tree has loaded. */
static void forget(const struct tree *tree)
{
    const struct result *root = tree->nodes[0].rows.result;

    for (size_t i = 1; i < tree->node_count && root != NULL; i++)
        if (tree->nodes[i].is_started && tree->nodes[i].loading.cache != NULL)
            ar_cache_drop_tree(tree->nodes[i].loading.cache, root);
}

static enum ar_status run_tree(struct ar_query *q, uint64_t at_most, struct result **out)
{
    struct tree tree;
    enum ar_status status = ar_tree_list(q, at_most, &tree);

    if (status == AR_OK)
        status = ar_link_connect(q->link);
    if (status != AR_OK)
        return status;
    status = run_and_note(&tree);
    if (status != AR_OK && tree.has_snapshot)
        ar_run_abandon_snapshot(q->link);
    if (status != AR_OK)
        forget(&tree);
    ar_tree_end(&tree);
    *out = tree.nodes[0].rows.result;
    return status;
}

enum ar_status ar_tree_run(struct ar_query *q, uint64_t at_most, struct result **out)
{
    bool had_snapshot = q->link->has_snapshot;
    enum ar_status status = run_tree(q, at_most, out);

    if (!had_snapshot && ar_run_may_repeat(q->link, status))
        status = run_tree(q, at_most, out);
    return status;
}
