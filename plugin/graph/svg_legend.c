/* The legend of SVG images: only the signs that the graph has. */
#include "svg_part.h"

#include "text_width.h"

enum { ROW = 22, ITEM_GAP = 26, SIGN_GAP = 7, LINE_WIDTH = 30, BOX_WIDTH = 22, TAG = 16 };

struct legend {
    struct text *out;
    struct point start, at;
    int width;
};

/* Return the place of the next item, whose sign is this wide, and move on behind its text. */
static struct point place(struct legend *legend, int sign_width, const char *text)
{
    int width = sign_width + SIGN_GAP + text_width(text, FONT_SMALL, false);
    if (legend->at.x > legend->start.x && legend->at.x + width > legend->start.x + legend->width) {
        legend->at.x = legend->start.x;
        legend->at.y += ROW;
    }
    struct point place = legend->at;
    legend->at.x += width + ITEM_GAP;
    svg_add_text(legend->out, "note", place.x + sign_width + SIGN_GAP, place.y, "", text);
    return place;
}

static void add_tag(struct legend *legend, const char *tag, const char *text)
{
    struct point at = place(legend, TAG, text);
    svg_add_tag(legend->out, at.x, at.y, tag);
}

static void add_line(struct legend *legend, const char *class, const char *text)
{
    struct point at = place(legend, LINE_WIDTH, text);
    text_print(legend->out, "<g class=\"%s\"><path class=\"line\" d=\"M%d %dh%d\"/></g>\n", class, at.x, at.y,
               LINE_WIDTH);
}

static void add_end(struct legend *legend, enum graph_cardinality cardinality)
{
    struct point at = place(legend, LINE_WIDTH, graph_cardinality_name(cardinality));
    text_print(legend->out, "<path class=\"line\" d=\"M%d %dh%d\"/>\n", at.x, at.y, LINE_WIDTH);
    svg_add_end(legend->out, (struct point){at.x + LINE_WIDTH, at.y}, at, cardinality);
    text_print(legend->out, "<path class=\"line\" d=\"M%d %dv14\"/>\n", at.x + LINE_WIDTH, at.y - 7);
}

static void add_view(struct legend *legend)
{
    struct point at = place(legend, BOX_WIDTH, "view");
    text_print(legend->out,
               "<g class=\"view\"><rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"12\" rx=\"3\"/></g>\n",
               at.x, at.y - 6, BOX_WIDTH);
}

/* ---- The signs of a graph ---------------------------------------------------------------------------------------- */

static bool has_column(const struct graph *graph, bool (*is_one)(const struct graph_column *))
{
    for (size_t i = 0; i < graph->node_count; i++)
        for (size_t j = 0; j < graph->nodes[i].column_count; j++)
            if (is_one(&graph->nodes[i].columns[j]))
                return true;
    return false;
}

static bool is_key(const struct graph_column *column)
{
    return column->is_key;
}

static bool is_foreign_key(const struct graph_column *column)
{
    return column->is_foreign_key;
}

static bool is_unique(const struct graph_column *column)
{
    return column->is_unique;
}

static bool is_nullable(const struct graph_column *column)
{
    return column->is_nullable;
}

static void add_columns(struct legend *legend, const struct graph *graph)
{
    if (has_column(graph, is_key))
        add_tag(legend, "PK", "primary key");
    if (has_column(graph, is_foreign_key))
        add_tag(legend, "FK", "foreign key");
    if (has_column(graph, is_unique))
        add_tag(legend, "UQ", "unique");
    if (has_column(graph, is_nullable)) {
        struct point at = place(legend, TAG, "can be NULL");
        svg_add_text(legend->out, "type", at.x + TAG, at.y, "", "type?");
    }
}

static bool has_end(const struct graph *graph, enum graph_cardinality cardinality)
{
    for (size_t i = 0; i < graph->edge_count; i++)
        if (graph->edges[i].holder.cardinality == cardinality || graph->edges[i].referred.cardinality == cardinality)
            return true;
    return false;
}

static void add_ends(struct legend *legend, const struct graph *graph)
{
    static const enum graph_cardinality all[] = {GRAPH_ONE, GRAPH_ZERO_OR_ONE, GRAPH_ZERO_OR_MORE};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (has_end(graph, all[i]))
            add_end(legend, all[i]);
}

static void add_kinds(struct legend *legend, const struct graph *graph)
{
    bool has_any = false, has_missing = false, has_view = false;
    for (size_t i = 0; i < graph->edge_count; i++) {
        has_any = has_any || graph->edges[i].kind == GRAPH_ANY;
        has_missing = has_missing || graph->edges[i].missing_index != NULL;
    }
    for (size_t i = 0; i < graph->node_count; i++)
        has_view = has_view || graph->nodes[i].kind == GRAPH_VIEW;
    if (has_any)
        add_line(legend, "any", "to one of several models");
    if (has_missing)
        add_line(legend, "missing", "no index on the foreign key");
    if (has_view)
        add_view(legend);
}

int svg_add_legend(struct text *out, const struct graph *graph, struct point at, int width)
{
    struct legend legend = {.out = out, .start = at, .at = at, .width = width};
    text_add(out, "<g class=\"legend\">\n");
    add_columns(&legend, graph);
    add_ends(&legend, graph);
    add_kinds(&legend, graph);
    text_add(out, "</g>\n");
    return legend.at.y - at.y + ROW / 2;
}
