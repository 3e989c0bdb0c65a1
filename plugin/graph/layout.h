/* Where the parts of a graph are drawn: the positions of nodes, the lines of edges, and their labels. In pixels, from
 * the top left corner. */
#ifndef ARMATURE_PLUGIN_GRAPH_LAYOUT_H
#define ARMATURE_PLUGIN_GRAPH_LAYOUT_H

#include "shape.h"

struct point {
    int x, y;
};

struct layout_node {
    struct point at; /* its top left corner */
    int width, height;
};

struct layout_edge {
    struct point *points; /* from the holder to the node that it refers to */
    size_t point_count;
    bool is_curve; /* the points are those of cubic Bézier curves; otherwise corners */
    struct shape_label label;
    struct point label_at; /* its middle, on the line */
};

struct layout {
    struct layout_node *nodes; /* by the indexes of the graph */
    struct layout_edge *edges;
    int width, height;
};

/* Return the room that the edges from the node to itself need below it. */
int layout_loops_height(struct arena *arena, const struct graph *graph, size_t node);

/* Set the lines of the edges from nodes to themselves. The nodes must have their positions. */
void layout_add_loops(struct arena *arena, const struct graph *graph, struct layout *layout);

/* Return a layout without positions. */
struct layout *layout_new(struct arena *arena, const struct graph *graph);

/* Return our own layout: nodes in columns, each to the right of those that it refers to, edges with right angles. The
 * same graph has the same layout on every machine. */
struct layout *layout_own(struct arena *arena, const struct graph *graph, const struct shape *shapes);

/* Return the layout of Graphviz, whose program `dot` is run. Return NULL if there is none, or if it fails. */
struct layout *layout_graphviz(struct arena *arena, const struct graph *graph, const struct shape *shapes);

#endif
