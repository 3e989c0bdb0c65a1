/* The part of a graph around some of its nodes. */
#include "graph.h"

#include <string.h>

/* Let each node reach its neighbours with one hop less than it has left. `left` has one more than the hops of a node
 * that is reached, and 0 for the others. Return true if something changed. */
static bool reach(const struct graph *graph, size_t *left)
{
    bool changed = false;
    for (size_t i = 0; i < graph->edge_count; i++) {
        const size_t ends[] = {graph->edges[i].holder.node, graph->edges[i].referred.node};
        for (size_t j = 0; j < 2; j++)
            if (left[ends[j]] > left[ends[1 - j]] + 1) {
                left[ends[1 - j]] = left[ends[j]] - 1;
                changed = true;
            }
    }
    return changed;
}

struct graph *graph_around(struct arena *arena, const struct graph *graph, const size_t *nodes, const size_t *hops,
                           size_t count)
{
    struct graph *part = arena_take(arena, sizeof *part);
    size_t *left = arena_take(arena, graph->node_count * sizeof *left);
    size_t *numbers = arena_take(arena, graph->node_count * sizeof *numbers);
    for (size_t i = 0; i < count; i++)
        if (left[nodes[i]] < hops[i] + 1)
            left[nodes[i]] = hops[i] + 1;
    while (reach(graph, left))
        continue;
    for (size_t i = 0; i < graph->node_count; i++) {
        numbers[i] = part->node_count;
        if (left[i] > 0)
            list_add(arena, part->nodes, part->node_count) = graph->nodes[i];
    }
    for (size_t i = 0; i < graph->edge_count; i++) {
        struct graph_edge edge = graph->edges[i];
        if (left[edge.holder.node] == 0 || left[edge.referred.node] == 0)
            continue;
        edge.holder.node = numbers[edge.holder.node];
        edge.referred.node = numbers[edge.referred.node];
        list_add(arena, part->edges, part->edge_count) = edge;
    }
    return part;
}
