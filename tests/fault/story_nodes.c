/* Steps of the story with trees, aggregates, some columns, and deletes of rows with dependents that stay. */
#include "story.h"

#include "fault.h"
#include "nodes.ar.h"

#include <string.h>

enum { NODES = 5 };

#define RETURN_IF_FAILED(status)                                                                                       \
    do {                                                                                                               \
        if ((status) != AR_OK)                                                                                         \
            return (status);                                                                                           \
    } while (0)

static enum ar_status create_nodes(struct story *story)
{
    return ar_create_tables(story->s, &grove_model, &node_model, &nest_model);
}

/* A grove with a root, a branch of it, and three leaves of the branch, and a nest in the root. */
static enum ar_status insert_nodes(struct story *story)
{
    struct ar_graph graph = ar_graph_start(story->s);
    struct grove grove = {0};
    struct nest nest = {0};
    struct node nodes[NODES] = {{.name = "root"}, {.name = "branch"}, {.name = "a"}, {.name = "b"}, {.name = "c"}};
    enum ar_status status;
    for (size_t i = 0; i < NODES; i++) {
        nodes[i].weight = (int32_t)i;
        node_set_grove(&graph, &nodes[i], &grove);
        if (i > 0)
            node_set_parent(&graph, &nodes[i], &nodes[i > 1]);
    }
    nest_set_grove(&graph, &nest, &grove);
    nest_set_place_grove(&graph, &nest, &grove);
    nest_set_place_node(&graph, &nest, &nodes[0]);
    status = ar_graph_save(&graph);
    assert_int_equal(grove.node_count, status == AR_OK ? NODES : 0);
    assert_int_equal(nodes[4].id == 0, status != AR_OK);
    return status;
}

static enum ar_status the_grove(struct story *story, struct grove **out)
{
    return grove_first(grove_query(story->s), out);
}

static enum ar_status the_node(struct story *story, const char *name, struct node **out)
{
    struct node_query *q = node_query(story->s);
    node_where(q, ar_eq(node_column.name, name));
    return node_one(q, out);
}

/* ---- Reads ------------------------------------------------------------------------------------------------------- */

static enum ar_status load_tree(struct story *story)
{
    struct node *root, *leaf;
    struct node_list nodes;
    ar_session_clear(story->s);
    enum ar_status status = the_node(story, "root", &root);
    RETURN_IF_FAILED(status);
    status = node_children_tree(story->s, root, AR_WHOLE_DEPTH, &nodes);
    RETURN_IF_FAILED(status);
    assert_int_equal(nodes.count, NODES - 1);
    ar_session_clear(story->s);
    status = the_node(story, "c", &leaf);
    RETURN_IF_FAILED(status);
    status = node_load_parent_path(story->s, &leaf, 1, AR_WHOLE_DEPTH);
    RETURN_IF_FAILED(status);
    status = node_parent_path(story->s, leaf, AR_WHOLE_DEPTH, &nodes);
    RETURN_IF_FAILED(status);
    assert_int_equal(nodes.count, 2);
    return AR_OK;
}

static enum ar_status aggregate_lazily(struct story *story)
{
    struct grove *grove;
    struct node_list nodes;
    struct ar_value sum;
    int64_t count;
    ar_session_clear(story->s);
    enum ar_status status = the_grove(story, &grove);
    RETURN_IF_FAILED(status);
    status = grove_nodes_count(story->s, grove, &count);
    RETURN_IF_FAILED(status);
    assert_int_equal(count, NODES);
    status = grove_nodes_aggregate(story->s, grove, ar_sum(node_column.weight), &sum);
    RETURN_IF_FAILED(status);
    assert_int_equal(sum.integer, 10);
    status = grove_nodes(story->s, grove, &nodes);
    RETURN_IF_FAILED(status);
    return node_load_children_count(story->s, nodes.items, nodes.count);
}

static enum ar_status aggregate_eagerly(struct story *story)
{
    struct node_query *q, *heavy;
    struct node_list nodes;
    struct ar_value largest;
    int64_t count;
    ar_session_clear(story->s);
    q = node_query(story->s);
    heavy = node_with_children_count(q);
    node_where(heavy, ar_gt(node_column.weight, 2));
    node_with_children_aggregate(q, ar_max(node_column.weight));
    node_order_by(q, ar_asc(node_column.weight));
    enum ar_status status = node_all(q, &nodes);
    RETURN_IF_FAILED(status);
    status = node_children_count(story->s, nodes.items[1], &count);
    RETURN_IF_FAILED(status);
    assert_int_equal(count, 2);
    status = node_children_aggregate(story->s, nodes.items[1], ar_max(node_column.weight), &largest);
    RETURN_IF_FAILED(status);
    assert_int_equal(largest.integer, 4);
    return AR_OK;
}

/* Some columns, of which one is saved; then the row is read as a whole. */
static enum ar_status load_some_columns(struct story *story)
{
    struct node_query *q;
    struct node_list nodes;
    ar_session_clear(story->s);
    q = node_query(story->s);
    node_only(q, node_column.name);
    node_only(node_with_parent(q), node_column.weight);
    node_where(q, ar_or(ar_eq(node_column.name, "c"), ar_eq(node_column.name, "changed")));
    enum ar_status status = node_all(q, &nodes);
    RETURN_IF_FAILED(status);
    assert_int_equal(nodes.count, 1);
    nodes.items[0]->name = "changed";
    status = node_save(story->s, nodes.items[0]);
    RETURN_IF_FAILED(status);
    nodes.items[0]->name = "c";
    status = node_save(story->s, nodes.items[0]);
    RETURN_IF_FAILED(status);
    status = node_reload(story->s, nodes.items[0]);
    RETURN_IF_FAILED(status);
    assert_int_equal(nodes.items[0]->weight, 4);
    return AR_OK;
}

/* ---- Writes ------------------------------------------------------------------------------------------------------ */

/* Run the writes in a transaction and roll them back. */
static enum ar_status roll_back(struct story *story, enum ar_status (*write)(struct story *story))
{
    enum ar_status status = ar_begin(story->s), ended;
    RETURN_IF_FAILED(status);
    status = write(story);
    if (status != AR_OK)
        fault_disarm();
    ended = ar_rollback(story->s);
    return status != AR_OK ? status : ended;
}

static enum ar_status unlink_nodes(struct story *story)
{
    struct grove *grove;
    struct node *leaf;
    struct nest_list nests;
    enum ar_status status = the_grove(story, &grove);
    RETURN_IF_FAILED(status);
    status = the_node(story, "a", &leaf);
    RETURN_IF_FAILED(status);
    status = grove_nodes_remove(story->s, grove, &leaf, 1, AR_REMOVE_UNLINK, NULL);
    RETURN_IF_FAILED(status);
    assert_int_equal(grove->node_count, NODES - 1);
    status = nest_all(nest_query(story->s), &nests);
    RETURN_IF_FAILED(status);
    status = node_nests_add(story->s, leaf, nests.items, nests.count, NULL);
    RETURN_IF_FAILED(status);
    return node_nests_replace(story->s, leaf, NULL, 0, AR_REMOVE_UNLINK, NULL);
}

static enum ar_status roll_back_links(struct story *story)
{
    return roll_back(story, unlink_nodes);
}

static enum ar_status delete_grove(struct story *story)
{
    struct grove *grove;
    struct node_list nodes;
    int64_t living;
    enum ar_status status = the_grove(story, &grove);
    RETURN_IF_FAILED(status);
    status = grove_nodes(story->s, grove, &nodes);
    RETURN_IF_FAILED(status);
    status = grove_delete(story->s, grove);
    RETURN_IF_FAILED(status);
    status = node_count(node_query(story->s), &living);
    RETURN_IF_FAILED(status);
    assert_int_equal(living, 0);
    status = grove_restore(story->s, grove);
    RETURN_IF_FAILED(status);
    status = node_restore(story->s, nodes.items[0]);
    RETURN_IF_FAILED(status);
    assert_int_equal(grove->node_count, 1);
    assert_int_equal(grove->nest_count, 0);
    return AR_OK;
}

static enum ar_status roll_back_delete(struct story *story)
{
    return roll_back(story, delete_grove);
}

/* Nothing is left of what was rolled back, in the session and in the database. */
static enum ar_status check_nodes(struct story *story)
{
    struct grove *grove;
    int64_t nodes, nests;
    enum ar_status status = the_grove(story, &grove);
    RETURN_IF_FAILED(status);
    assert_int_equal(grove->node_count, NODES);
    assert_int_equal(grove->nest_count, 1);
    status = grove_nodes_count(story->s, grove, &nodes);
    RETURN_IF_FAILED(status);
    status = grove_nests_count(story->s, grove, &nests);
    RETURN_IF_FAILED(status);
    assert_int_equal(nodes, NODES);
    assert_int_equal(nests, 1);
    return AR_OK;
}

const struct step story_node_steps[] = {
    {"create nodes", create_nodes},
    {"insert nodes", insert_nodes},
    {"load a tree", load_tree},
    {"aggregate lazily", aggregate_lazily},
    {"aggregate eagerly", aggregate_eagerly},
    {"load some columns", load_some_columns},
    {"unlink nodes and roll back", roll_back_links},
    {"delete a grove and roll back", roll_back_delete},
    {"check nodes", check_nodes},
};
const size_t story_node_step_count = sizeof story_node_steps / sizeof story_node_steps[0];
