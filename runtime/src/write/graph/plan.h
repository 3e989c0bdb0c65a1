/* The order in which the records of a graph are inserted.
 *
 * A node is a record, an edge a foreign key that refers to another node. First, circles are broken: in each, an edge
 * whose foreign key is nullable is deferred, which means that its node is inserted with NULL and updated afterwards.
 * The other nodes are then inserted level by level: a level is all nodes that refer only to nodes of the levels before.
 */
#ifndef AR_GRAPH_PLAN_H
#define AR_GRAPH_PLAN_H

#include "store/store.h"

#include <armature/graph.h>

/* What the caller asked for: a record to insert, and if `relation` is set, the target of one of its foreign keys. */
struct ar_graph_entry {
    const struct ar_model *model;
    void *record;
    const struct ar_relation *relation;
    void *target;
};

/* Of the search for circles. */
enum node_state { NODE_NEW, NODE_ON_PATH, NODE_DONE };

struct graph_edge {
    struct graph_node *from, *to;
    const struct ar_relation *relation;
    struct graph_edge *next_from, *next_to; /* of the same node */
    bool is_deferred;
    bool is_dropped; /* a later entry set another target */
};

struct graph_node {
    const struct ar_model *model;
    void *record;
    void *copy;                   /* with its foreign keys as far as known; becomes the record at the end */
    size_t pending;               /* edges to nodes that are not inserted */
    struct graph_edge *refers;    /* edges from it */
    struct graph_edge *referred;  /* edges to it */
    struct graph_edge *following; /* the edge from it that a search follows */
    enum node_state state;
};

struct graph_plan {
    struct store *store;
    struct graph_node *nodes; /* in the order of the entries */
    size_t count;
    struct graph_edge *edges; /* edge_count of them */
    size_t edge_count, deferred;
    struct graph_node **level; /* to insert now: grouped by model, in the order of the entries */
    size_t level_count;
    struct graph_node **next; /* of the level after it */
    size_t next_count;
};

/* Make the nodes and edges of the entries, in scratch memory, and the first level. Foreign keys to existing rows are
 * set in the copies. */
enum ar_status ar_graph_plan(struct store *store, const struct ar_graph *graph, struct graph_plan *out);

/* Must be called when the nodes of the level are inserted: set the foreign keys that refer to them, and begin the next
 * level, which is empty after the last one. */
enum ar_status ar_graph_end_level(struct graph_plan *plan);

/* Return true if the column of the foreign key, by its index, is a shard key, which the records have in common: it is
 * neither deferred nor updated. */
bool ar_graph_leaves(const struct graph_edge *edge, size_t column);

/* Set the foreign key of an edge in the copy of its node. */
enum ar_status ar_graph_set_foreign_key(struct store *store, const struct graph_edge *edge);

#endif
