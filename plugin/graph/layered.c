/* Our own layout: each connected part of the graph is drawn by the steps of layered.h; the drawings are packed in rows,
 * the highest first. */
#include "layered.h"

#include <stdlib.h>

enum { PART_GAP = 40 };

/* A connected part, and the rectangle of its drawing. */
struct part {
    size_t *nodes;
    size_t node_count;
    size_t *edges;
    size_t edge_count;
    size_t number;
    struct point low, high;
};

/* ---- Parts ------------------------------------------------------------------------------------------------------- */

/* Return the number of a node's part: the least index of its nodes. */
static size_t *part_numbers(struct arena *arena, const struct graph *graph)
{
    size_t *numbers = arena_take(arena, graph->node_count * sizeof *numbers);
    bool changed = true;
    for (size_t i = 0; i < graph->node_count; i++)
        numbers[i] = i;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < graph->edge_count; i++) {
            size_t *holder = &numbers[graph->edges[i].holder.node], *referred = &numbers[graph->edges[i].referred.node];
            size_t least = *holder < *referred ? *holder : *referred;
            changed = changed || *holder != *referred;
            *holder = *referred = least;
        }
    }
    return numbers;
}

static struct part *find_parts(struct arena *arena, const struct graph *graph, size_t *count)
{
    struct part *parts = NULL;
    size_t *index = arena_take(arena, graph->node_count * sizeof *index);
    const size_t *numbers = part_numbers(arena, graph);
    *count = 0;
    for (size_t i = 0; i < graph->node_count; i++) {
        if (numbers[i] == i) {
            index[i] = *count;
            list_add(arena, parts, *count) = (struct part){.number = i};
        }
        struct part *part = &parts[index[numbers[i]]];
        list_add(arena, part->nodes, part->node_count) = i;
    }
    for (size_t i = 0; i < graph->edge_count; i++) {
        struct part *part = &parts[index[numbers[graph->edges[i].holder.node]]];
        if (graph->edges[i].holder.node != graph->edges[i].referred.node)
            list_add(arena, part->edges, part->edge_count) = i;
    }
    return parts;
}

/* ---- Packing ----------------------------------------------------------------------------------------------------- */

static void include(struct part *part, int left, int top, int right, int bottom)
{
    part->low.x = left < part->low.x ? left : part->low.x;
    part->low.y = top < part->low.y ? top : part->low.y;
    part->high.x = right > part->high.x ? right : part->high.x;
    part->high.y = bottom > part->high.y ? bottom : part->high.y;
}

static void measure(struct arena *arena, struct part *part, const struct graph *graph, const struct layout *layout)
{
    part->low = part->high = layout->nodes[part->nodes[0]].at;
    for (size_t i = 0; i < part->node_count; i++) {
        const struct layout_node *node = &layout->nodes[part->nodes[i]];
        include(part, node->at.x, node->at.y, node->at.x + node->width,
                node->at.y + node->height + layout_loops_height(arena, graph, part->nodes[i]));
    }
    for (size_t i = 0; i < part->edge_count; i++) {
        const struct layout_edge *edge = &layout->edges[part->edges[i]];
        for (size_t j = 0; j < edge->point_count; j++)
            include(part, edge->points[j].x, edge->points[j].y, edge->points[j].x, edge->points[j].y);
        include(part, edge->label_at.x - edge->label.width / 2, edge->label_at.y - edge->label.above_height,
                edge->label_at.x + edge->label.width / 2, edge->label_at.y + edge->label.below_height);
    }
}

static void move(const struct part *part, struct layout *layout, int x, int y)
{
    for (size_t i = 0; i < part->node_count; i++) {
        layout->nodes[part->nodes[i]].at.x += x;
        layout->nodes[part->nodes[i]].at.y += y;
    }
    for (size_t i = 0; i < part->edge_count; i++) {
        struct layout_edge *edge = &layout->edges[part->edges[i]];
        for (size_t j = 0; j < edge->point_count; j++) {
            edge->points[j].x += x;
            edge->points[j].y += y;
        }
        edge->label_at.x += x;
        edge->label_at.y += y;
    }
}

static int compare_parts(const void *left, const void *right)
{
    const struct part *a = left, *b = right;
    int height_a = a->high.y - a->low.y, height_b = b->high.y - b->low.y;
    if (height_a != height_b)
        return height_a > height_b ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

/* Return the width of rows with which the whole is about one and a half times as wide as it is high. */
static int good_width(const struct part *parts, size_t count)
{
    long long area = 0;
    int width = 0, widest = 0;
    for (size_t i = 0; i < count; i++) {
        int each = parts[i].high.x - parts[i].low.x;
        area += (long long)(each + PART_GAP) * (parts[i].high.y - parts[i].low.y + PART_GAP);
        widest = each > widest ? each : widest;
    }
    while ((long long)width * width * 2 / 3 < area)
        width += 20;
    return width > widest ? width : widest;
}

static void pack(struct layout *layout, struct part *parts, size_t count)
{
    int width = good_width(parts, count), x = 0, y = 0, row_height = 0;
    if (count > 0)
        qsort(parts, count, sizeof *parts, compare_parts);
    for (size_t i = 0; i < count; i++) {
        int part_width = parts[i].high.x - parts[i].low.x, part_height = parts[i].high.y - parts[i].low.y;
        if (x > 0 && x + part_width > width) {
            x = 0;
            y += row_height + PART_GAP;
            row_height = 0;
        }
        move(&parts[i], layout, x - parts[i].low.x, y - parts[i].low.y);
        x += part_width + PART_GAP;
        row_height = part_height > row_height ? part_height : row_height;
        layout->width = x - PART_GAP > layout->width ? x - PART_GAP : layout->width;
        layout->height = y + row_height > layout->height ? y + row_height : layout->height;
    }
}

struct layout *layout_own(struct arena *arena, const struct graph *graph, const struct shape *shapes)
{
    size_t count;
    struct layout *layout = layout_new(arena, graph);
    struct part *parts = find_parts(arena, graph, &count);
    struct layered common = {
        .arena = arena,
        .graph = graph,
        .shapes = shapes,
        .layout = layout,
        .rank = arena_take(arena, graph->node_count * sizeof *common.rank),
        .is_reversed = arena_take(arena, graph->edge_count * sizeof *common.is_reversed),
    };
    for (size_t i = 0; i < count; i++) {
        struct layered layered = common;
        layered.nodes = parts[i].nodes;
        layered.node_count = parts[i].node_count;
        layered.edges = parts[i].edges;
        layered.edge_count = parts[i].edge_count;
        layered_rank(&layered);
        layered_chain(&layered);
        layered_order(&layered);
        layered_place(&layered);
        layered_route(&layered);
        measure(arena, &parts[i], graph, layout);
    }
    pack(layout, parts, count);
    layout_add_loops(arena, graph, layout);
    return layout;
}
