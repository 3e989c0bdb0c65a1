/* What all layouts share: the edges from a node to itself, which are drawn below it. */
#include "layout.h"

enum { LOOP_DEPTH = 24, LABEL_GAP = 3, LOOP_MARGIN = 12, LOOP_STEP = 22 };

static bool is_loop(const struct graph_edge *edge)
{
    return edge->holder.node == edge->referred.node;
}

struct layout *layout_new(struct arena *arena, const struct graph *graph)
{
    struct layout *layout = arena_take(arena, sizeof *layout);
    layout->nodes = arena_take(arena, graph->node_count * sizeof *layout->nodes);
    layout->edges = arena_take(arena, graph->edge_count * sizeof *layout->edges);
    return layout;
}

/* Return the distance of the line of a loop from the loop inside it, or from the node. */
static int depth_of(const struct shape_label *label)
{
    return label->above_height + LABEL_GAP > LOOP_DEPTH ? label->above_height + LABEL_GAP : LOOP_DEPTH;
}

int layout_loops_height(struct arena *arena, const struct graph *graph, size_t node)
{
    int height = 0;
    for (size_t i = 0; i < graph->edge_count; i++)
        if (is_loop(&graph->edges[i]) && graph->edges[i].holder.node == node) {
            struct shape_label label = shape_label_of(arena, &graph->edges[i], true);
            height += depth_of(&label) + label.below_height + LABEL_GAP;
        }
    return height;
}

/* The loops that a node has already. */
struct loops {
    int half; /* the width of the outermost, from the middle */
    int height;
};

/* A loop below the inner ones of the same node, from left to right. */
static void set_loop(struct arena *arena, struct layout_edge *edge, const struct layout_node *node, struct loops *inner)
{
    int middle = node->at.x + node->width / 2, bottom = node->at.y + node->height;
    int half = edge->label.width / 2 + LOOP_MARGIN;
    if (half < inner->half + LOOP_STEP)
        half = inner->half + LOOP_STEP;
    int depth = bottom + inner->height + depth_of(&edge->label);
    const struct point corners[] = {
        {middle - half, bottom}, {middle - half, depth}, {middle + half, depth}, {middle + half, bottom}};
    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++)
        list_add(arena, edge->points, edge->point_count) = corners[i];
    edge->label_at = (struct point){middle, depth};
    inner->height = depth - bottom + edge->label.below_height + LABEL_GAP;
    inner->half = half;
}

void layout_add_loops(struct arena *arena, const struct graph *graph, struct layout *layout)
{
    struct loops *loops = arena_take(arena, graph->node_count * sizeof *loops);
    for (size_t i = 0; i < graph->edge_count; i++) {
        size_t node = graph->edges[i].holder.node;
        if (!is_loop(&graph->edges[i]))
            continue;
        layout->edges[i].label = shape_label_of(arena, &graph->edges[i], true);
        set_loop(arena, &layout->edges[i], &layout->nodes[node], &loops[node]);
    }
}
