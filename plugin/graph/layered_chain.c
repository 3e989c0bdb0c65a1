/* Make the vertices and segments of an edge: a point in each level between its nodes, one of them with its label. */
#include "layered.h"

enum { PORT_MARGIN = 10 /* from a node's corners */ };

static size_t add_vertex(struct layered *layered, struct vertex vertex)
{
    struct level *level = &layered->levels[vertex.level];
    vertex.order = level->count;
    list_add(layered->arena, level->vertices, level->count) = layered->vertex_count;
    list_add(layered->arena, layered->vertices, layered->vertex_count) = vertex;
    return layered->vertex_count - 1;
}

static size_t add_node(struct layered *layered, size_t node)
{
    const struct shape *shape = &layered->shapes[node];
    return add_vertex(
        layered, (struct vertex){.node = node,
                                 .edge = SIZE_MAX,
                                 .level = layered->rank[node] * 2,
                                 .below = shape->height + layout_loops_height(layered->arena, layered->graph, node),
                                 .width = shape->width});
}

static size_t add_point(struct layered *layered, size_t edge, size_t level, bool has_label)
{
    struct vertex vertex = {.node = SIZE_MAX, .edge = edge, .level = level, .has_label = has_label};
    if (has_label) {
        const struct shape_label *label = &layered->layout->edges[edge].label;
        vertex.above = label->above_height;
        vertex.below = label->below_height;
        vertex.width = label->width;
    }
    return add_vertex(layered, vertex);
}

static void add_segment(struct layered *layered, size_t edge, struct port left, struct port right)
{
    struct vertex *from = &layered->vertices[left.vertex], *to = &layered->vertices[right.vertex];
    list_add(layered->arena, from->right, from->right_count) = layered->segment_count;
    list_add(layered->arena, to->left, to->left_count) = layered->segment_count;
    list_add(layered->arena, layered->segments, layered->segment_count) =
        (struct segment){.edge = edge, .left = left, .right = right};
}

/* A foreign key has the port of its column. Any point of a node is its key. */
static struct port node_port(const struct layered *layered, size_t vertex, size_t edge, bool is_holder)
{
    const struct graph_edge *each = &layered->graph->edges[edge];
    const struct shape *shape = &layered->shapes[layered->vertices[vertex].node];
    int y = is_holder ? shape_port(shape, each->holder.columns.items[0]) : -1;
    if (y >= 0)
        return (struct port){.vertex = vertex, .low = y, .high = y};
    return (struct port){.vertex = vertex, .low = PORT_MARGIN, .high = shape->height - PORT_MARGIN};
}

static void add_edge(struct layered *layered, size_t edge, const size_t *vertex_of)
{
    size_t first = vertex_of[layered_left(layered, edge)], last = vertex_of[layered_right(layered, edge)];
    bool is_reversed = layered->is_reversed[edge];
    size_t from = layered->vertices[first].level, to = layered->vertices[last].level;
    size_t label_level = (from + to) / 2 % 2 == 1 ? (from + to) / 2 : (from + to) / 2 + 1;
    struct port port = node_port(layered, first, edge, is_reversed);
    for (size_t level = from + 1; level < to; level++) {
        struct port next = {.vertex = add_point(layered, edge, level, level == label_level)};
        add_segment(layered, edge, port, next);
        port = next;
    }
    add_segment(layered, edge, port, node_port(layered, last, edge, !is_reversed));
}

void layered_chain(struct layered *layered)
{
    size_t *vertex_of = arena_take(layered->arena, layered->graph->node_count * sizeof *vertex_of);
    size_t last = 0;
    for (size_t i = 0; i < layered->node_count; i++)
        last = layered->rank[layered->nodes[i]] > last ? layered->rank[layered->nodes[i]] : last;
    layered->level_count = last * 2 + 1;
    layered->levels = arena_take(layered->arena, layered->level_count * sizeof *layered->levels);
    for (size_t i = 0; i < layered->node_count; i++)
        vertex_of[layered->nodes[i]] = add_node(layered, layered->nodes[i]);
    for (size_t i = 0; i < layered->edge_count; i++) {
        size_t edge = layered->edges[i];
        layered->layout->edges[edge].label =
            shape_label_of(layered->arena, &layered->graph->edges[edge], layered->is_reversed[edge]);
        add_edge(layered, edge, vertex_of);
    }
}
