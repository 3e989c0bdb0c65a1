/* Our own layout, for one connected part of the graph: a layered drawing after Sugiyama.
 *
 * Nodes are in ranks, from left to right: a node is to the right of those that it refers to. A rank is two levels: the
 * even one has the nodes, the odd one that follows the labels of edges. An edge is a chain of vertices, one in each
 * level between its nodes, and of segments between neighbouring levels. The steps, each in a file:
 *
 *   layered_rank.c    break cycles, and choose the ranks
 *   layered_chain.c   make the vertices and segments
 *   layered_order.c   order the vertices of each level so that few segments cross
 *   layered_place.c   choose the y of each vertex so that edges are straight, and where edges meet the nodes
 *   layered_route.c   choose the x of each level, and the lines of edges between levels
 *
 * Everything is computed with integers and ties are broken by index, so that the result is the same on every machine.
 */
#ifndef ARMATURE_PLUGIN_GRAPH_LAYERED_H
#define ARMATURE_PLUGIN_GRAPH_LAYERED_H

#include "layout.h"

/* A node, or a point that an edge passes. Its y is that of a node's top, and of the line of an edge. */
struct vertex {
    size_t node; /* SIZE_MAX for a point of an edge */
    size_t edge; /* of a point */
    bool has_label;
    size_t level;
    size_t order;     /* in its level */
    int above, below; /* the room that it needs above and below its y */
    int width;
    int y;
    size_t *left, *right; /* its segments on either side */
    size_t left_count, right_count;
};

/* Where a segment may meet a vertex: a range of distances from its y. */
struct port {
    size_t vertex;
    int low, high;
    int y; /* chosen in the end */
};

struct segment {
    size_t edge;
    struct port left, right;
};

struct level {
    size_t *vertices; /* from top to bottom */
    size_t count;
    int x, width;
};

struct layered {
    struct arena *arena;
    const struct graph *graph;
    const struct shape *shapes;
    struct layout *layout;
    const size_t *nodes; /* of this part */
    size_t node_count;
    const size_t *edges; /* of this part, without those from a node to itself */
    size_t edge_count;
    size_t *rank;      /* by node of the graph */
    bool *is_reversed; /* by edge: its holder is on the left */
    struct vertex *vertices;
    size_t vertex_count;
    struct segment *segments;
    size_t segment_count;
    struct level *levels;
    size_t level_count;
};

void layered_rank(struct layered *layered);
void layered_chain(struct layered *layered);
void layered_order(struct layered *layered);
void layered_place(struct layered *layered);
void layered_route(struct layered *layered);

/* Return the node at the left and at the right end of the edge. */
size_t layered_left(const struct layered *layered, size_t edge);
size_t layered_right(const struct layered *layered, size_t edge);

/* Return the distance that two vertices of a level, neighbours from top to bottom, must have. */
int layered_distance(const struct vertex *upper, const struct vertex *lower);

#endif
