/* The SVG document: its size, its description, and the parts in their order. */
#include "svg.h"

#include "svg_part.h"

enum {
    MARGIN = 24,
    LEGEND_GAP = 26,
    GRAPHVIZ_MAX = 150 /* nodes and edges: Graphviz needs seconds for more */
};

static void move_all(struct layout *layout, const struct graph *graph, int by)
{
    for (size_t i = 0; i < graph->node_count; i++) {
        layout->nodes[i].at.x += by;
        layout->nodes[i].at.y += by;
    }
    for (size_t i = 0; i < graph->edge_count; i++) {
        for (size_t j = 0; j < layout->edges[i].point_count; j++) {
            layout->edges[i].points[j].x += by;
            layout->edges[i].points[j].y += by;
        }
        layout->edges[i].label_at.x += by;
        layout->edges[i].label_at.y += by;
    }
}

/* For readers who do not see the image: its models, and what connects them. */
static void add_description(struct text *out, const struct graph *graph)
{
    text_add(out, "<title id=\"armature-graph-title\">Models: ");
    for (size_t i = 0; i < graph->node_count; i++) {
        text_add(out, i > 0 ? ", " : "");
        svg_add_escaped(out, graph->nodes[i].name);
    }
    text_print(
        out,
        "</title>\n<desc id=\"armature-graph-description\">%zu models and %zu edges. Each model is a link to its "
        "struct, and each edge has a title with its relations.</desc>\n",
        graph->node_count, graph->edge_count);
}

static struct layout *choose_layout(struct arena *arena, const struct graph *graph, const struct shape *shapes,
                                    enum graph_layout layout)
{
    struct layout *chosen = NULL;
    bool is_large = graph->node_count + graph->edge_count > GRAPHVIZ_MAX;
    if (layout == GRAPH_LAYOUT_GRAPHVIZ || (layout == GRAPH_LAYOUT_AUTO && !is_large))
        chosen = layout_graphviz(arena, graph, shapes);
    if (chosen == NULL && layout != GRAPH_LAYOUT_GRAPHVIZ)
        chosen = layout_own(arena, graph, shapes);
    return chosen;
}

bool graph_svg(struct text *out, struct arena *arena, const struct graph *graph, enum graph_layout layout)
{
    const struct shape *shapes = shapes_of(arena, graph);
    struct layout *chosen = choose_layout(arena, graph, shapes, layout);
    struct text legend = {0};
    if (chosen == NULL)
        return false;
    move_all(chosen, graph, MARGIN);
    int width = chosen->width > 640 ? chosen->width : 640;
    struct point legend_at = {MARGIN, MARGIN + chosen->height + LEGEND_GAP};
    int height = legend_at.y + svg_add_legend(&legend, graph, legend_at, width) + MARGIN;
    width += 2 * MARGIN;
    text_print(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"armature-graph\" viewBox=\"0 0 %d %d\" width=\"%d\" "
               "height=\"%d\" role=\"group\" aria-labelledby=\"armature-graph-title armature-graph-description\">\n",
               width, height, width, height);
    add_description(out, graph);
    svg_add_style(out);
    text_print(out, "<rect class=\"background\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n", width, height);
    for (size_t i = 0; i < graph->edge_count; i++)
        svg_add_edge(out, graph, &graph->edges[i], &chosen->edges[i]);
    for (size_t i = 0; i < graph->node_count; i++)
        svg_add_node(out, &graph->nodes[i], &shapes[i], &chosen->nodes[i]);
    text_print(out, "%s</svg>\n", legend.data);
    text_free(&legend);
    return true;
}
