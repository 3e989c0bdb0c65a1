/* The nodes of a tree. */
#include "read/tree_plan.h"

#include "read/fixed.h"
#include "read/load.h"

static size_t count_queries(const struct ar_query *q)
{
    size_t count = 1;

    for (const struct ar_query *child = q->first_child; child != NULL; child = child->next)
        count += count_queries(child);
    return count;
}

static bool leaves_rows_out(const struct ar_query *q)
{
    return ar_shard_limits(&q->link->options.shard, q->model) || (q->model->deleted_at != NULL && !q->has_deleted) ||
           q->conditions != NULL || q->scope.count > 0 || q->has_limit || q->offset > 0 || ar_query_is_page(q);
}

/* Initialize a node, except the large members, which are filled when it is started. */
static void begin_node(struct node *node, struct ar_query *q, struct node *parent)
{
    node->q = q;
    node->parent = parent;
    node->level = parent != NULL ? parent->level + 1 : 0;
    node->has_key = false;
    node->is_single = false;
    node->rows.result = NULL;
    node->is_started = false;
}

static void begin_root(struct node *node, struct ar_query *q, uint64_t at_most)
{
    begin_node(node, q, NULL);
    node->takes_all = false;
    node->is_all = at_most == UINT64_MAX && q->user_sql == NULL && !leaves_rows_out(q);
}

/* Take the key of the relation from the conditions of the parent query. Strings may be equal without having the same
 * bytes, and those of the row count, not those of the condition. */
static bool take_fixed_key(struct node *node)
{
    const struct ar_query *parent = node->parent->q;
    struct key_columns from = ar_owner_columns(node->q->relation), to = ar_target_columns(node->q->relation);

    if (parent->user_sql != NULL || parent->matches_nothing || ar_key_has_text(from) || ar_key_has_text(to))
        return false;
    for (size_t i = 0; i < from.count; i++)
        if (!ar_query_fixes(parent, &from.model->columns[from.columns[i]], &node->key[i]))
            return false;
    return true;
}

static void begin_child(struct node *node, struct ar_query *q, struct node *parent)
{
    begin_node(node, q, parent);
    /* The aggregates of a relation with a path are not grouped by the keys of its first table. */
    node->takes_all = parent->is_all && !ar_shard_limits(&q->link->options.shard, q->model) &&
                      ar_load_can_take_all(q->relation, q) && (q->measure == NULL || !ar_has_path(q->relation));
    node->is_all = node->takes_all && q->relation->where == NULL && q->relation->guard == NULL &&
                   !ar_has_path(q->relation) && !leaves_rows_out(q);
}

/* Find the keys and the single rows that save round trips. */
static void find_keys(struct tree *tree)
{
    for (size_t i = 0; i < tree->node_count; i++) {
        struct node *node = &tree->nodes[i];
        node->has_key = node->parent != NULL && take_fixed_key(node);
        node->is_single = ar_query_is_single(node->q);
    }
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
        .has_snapshot =
            count > 1 && !q->matches_nothing && q->link->transaction.depth == 0 && !q->link->options.snapshot,
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
    if (q->link->db->driver->round_trip != NULL)
        find_keys(out);
    return AR_OK;
}
