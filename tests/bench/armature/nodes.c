/* Armature's side: a tree. */
#include "armature_side.h"
#include "nodes.ar.h"
#include "nodes_checksum.h"
#include "side.h"

/* The tree is found again by its root, without a statement. */
static void nodes_load(void *state)
{
    struct armature_side *side = state;
    struct node *root;
    struct node_list all;
    ar_session_clear(side->session);
    armature_check(side, node_find(side->session, 1, &root));
    armature_check(side, node_children_tree(side->session, root, AR_WHOLE_DEPTH, &all));
    side->root = root;
}

static uint64_t sum_of(struct armature_side *side, uint64_t sum, const struct node *node)
{
    struct node_list children;
    sum = checksum_node(sum, node);
    armature_check(side, node_children(side->session, node, &children));
    for (size_t i = 0; i < children.count; i++)
        sum = sum_of(side, sum, children.items[i]);
    return sum;
}

static uint64_t sum_nodes(void *state)
{
    struct armature_side *side = state;
    return sum_of(side, 0, side->root);
}

const struct side armature_nodes = {"Armature", armature_open, armature_close, NULL, nodes_load, sum_nodes};
