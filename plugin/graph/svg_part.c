/* Nodes, edges and their signs. */
#include "svg_part.h"

#include "text_width.h"

#include <string.h>

enum { RADIUS = 6, CORNER = 7, TAG_WIDTH = 16, TAG_HEIGHT = 11 };

/* ---- Text -------------------------------------------------------------------------------------------------------- */

static const char *escape_of(unsigned char byte)
{
    switch (byte) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    default:
        return byte < ' ' || byte == 0x7f ? "\xef\xbf\xbd" : NULL; /* XML has no control characters */
    }
}

void svg_add_escaped(struct text *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        const char *escape = escape_of((unsigned char)*at);
        if (escape != NULL)
            text_add(out, escape);
        else
            text_print(out, "%c", *at);
    }
}

/* The middle of the text's letters is at y. */
void svg_add_text(struct text *out, const char *class, int x, int y, const char *extra, const char *text)
{
    text_print(out, "<text class=\"%s\" x=\"%d\" y=\"%d\"%s>", class, x, y + 4, extra);
    svg_add_escaped(out, text);
    text_add(out, "</text>\n");
}

void svg_add_tag(struct text *out, int x, int y, const char *tag)
{
    const char *class = tag[0] == 'P' ? "pk" : tag[0] == 'F' ? "fk" : "uq";
    text_print(out,
               "<g class=\"tag %s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>"
               "<text x=\"%d\" y=\"%d\">%s</text></g>\n",
               class, x, y - TAG_HEIGHT / 2, TAG_WIDTH, TAG_HEIGHT, x + TAG_WIDTH / 2, y + 3, tag);
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

static void add_row(struct text *out, const struct shape *shape, const struct shape_row *row,
                    const struct layout_node *layout)
{
    static const char *const classes[] = {[ROW_COLUMN] = "column", [ROW_VALUES] = "values", [ROW_PATH] = "path"};
    int left = layout->at.x + SHAPE_MARGIN, y = layout->at.y + row->y;
    bool is_key = row->kind == ROW_COLUMN && row->column->is_key;
    if (row->kind == ROW_COLUMN) {
        const char *tags[4];
        shape_tags(row->column, tags);
        for (size_t i = 0; tags[i] != NULL; i++)
            svg_add_tag(out, left + (int)i * SHAPE_TAG, y, tags[i]);
    }
    svg_add_text(out, is_key ? "column key" : classes[row->kind], left + shape->tag_count * SHAPE_TAG, y, "",
                 row->text);
    if (row->type != NULL)
        svg_add_text(out, "type", layout->at.x + layout->width - SHAPE_MARGIN, y, "", row->type);
}

/* The first line, with rounded corners above, and below if there are no other lines. */
static void add_head(struct text *out, const struct shape *shape, const struct layout_node *layout)
{
    int x = layout->at.x, y = layout->at.y, width = layout->width, bottom = shape->row_count == 0 ? RADIUS : 0;
    text_print(out, "<path class=\"head\" d=\"M%d %dv%da%d %d 0 0 1 %d %dh%da%d %d 0 0 1 %d %dv%d", x,
               y + SHAPE_HEADER - bottom, RADIUS + bottom - SHAPE_HEADER, RADIUS, RADIUS, RADIUS, -RADIUS,
               width - 2 * RADIUS, RADIUS, RADIUS, RADIUS, RADIUS, SHAPE_HEADER - RADIUS - bottom);
    if (bottom > 0)
        text_print(out, "a%d %d 0 0 1 %d %dh%da%d %d 0 0 1 %d %d", RADIUS, RADIUS, -RADIUS, RADIUS, 2 * RADIUS - width,
                   RADIUS, RADIUS, -RADIUS, -RADIUS);
    text_add(out, "z\"/>\n");
}

/* The first of the relations that follow others is below a rule. */
static void add_rule(struct text *out, const struct shape *shape, const struct layout_node *layout)
{
    for (size_t i = 1; i < shape->row_count; i++)
        if (shape->rows[i].kind == ROW_PATH && shape->rows[i - 1].kind != ROW_PATH)
            text_print(out, "<path class=\"rule\" d=\"M%d %dh%d\"/>\n", layout->at.x + 1,
                       layout->at.y + shape->rows[i].y - 9, layout->width - 2);
}

void svg_add_node(struct text *out, const struct graph_node *node, const struct shape *shape,
                  const struct layout_node *layout)
{
    static const char *const classes[] = {[GRAPH_TABLE] = "", [GRAPH_VIEW] = " view", [GRAPH_JOIN] = " join"};
    text_add(out, "<a href=\"");
    svg_add_escaped(out, node->link);
    text_print(out, "\"><g class=\"node%s\"><title>", classes[node->kind]);
    svg_add_escaped(out, node->kind == GRAPH_JOIN ? "join" : node->model->c_type);
    text_add(out, node->kind == GRAPH_VIEW ? ", view " : ", table ");
    svg_add_escaped(out, node->table);
    text_print(out, "</title>\n<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n",
               layout->at.x, layout->at.y, layout->width, layout->height, RADIUS);
    add_head(out, shape, layout);
    text_print(out, "<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" fill-opacity=\"0\"/>\n",
               layout->at.x, layout->at.y, layout->width, layout->height, RADIUS);
    svg_add_text(out, "name", layout->at.x + SHAPE_MARGIN, layout->at.y + SHAPE_HEADER / 2, "", node->name);
    if (shape->subtitle != NULL)
        svg_add_text(out, "subtitle", layout->at.x + layout->width - SHAPE_MARGIN, layout->at.y + SHAPE_HEADER / 2, "",
                     shape->subtitle);
    add_rule(out, shape, layout);
    for (size_t i = 0; i < shape->row_count; i++)
        add_row(out, shape, &shape->rows[i], layout);
    text_add(out, "</g></a>\n");
}

/* ---- Ends -------------------------------------------------------------------------------------------------------- */

static int length_of(int x, int y)
{
    int length = 0;
    while ((long long)length * length < (long long)x * x + (long long)y * y)
        length++;
    return length;
}

static const char *const feet[] = {
    [GRAPH_ONE] = "<path class=\"foot\" d=\"M7-6V6M12-6V6\"/>",
    [GRAPH_ZERO_OR_ONE] = "<path class=\"foot\" d=\"M7-6V6\"/><circle class=\"foot ring\" cx=\"14\" r=\"4\"/>",
    [GRAPH_ZERO_OR_MORE] = "<path class=\"foot\" d=\"M0-6L12 0L0 6\"/><circle class=\"foot ring\" cx=\"16\" r=\"4\"/>",
};

void svg_add_end(struct text *out, struct point at, struct point towards, enum graph_cardinality cardinality)
{
    int x = towards.x - at.x, y = towards.y - at.y, length = length_of(x, y);
    if (y == 0 || x == 0)
        text_print(out, "<g transform=\"matrix(%d %d %d %d %d %d)\">", (x > 0) - (x < 0), (y > 0) - (y < 0),
                   (y < 0) - (y > 0), (x > 0) - (x < 0), at.x, at.y);
    else
        text_print(out, "<g transform=\"matrix(%.3f %.3f %.3f %.3f %d %d)\">", (double)x / length, (double)y / length,
                   (double)-y / length, (double)x / length, at.x, at.y);
    text_print(out, "%s</g>\n", feet[cardinality]);
}

/* ---- Edges ------------------------------------------------------------------------------------------------------- */

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static int distance(struct point a, struct point b)
{
    return (b.x - a.x) * sign(b.x - a.x) + (b.y - a.y) * sign(b.y - a.y);
}

/* A line with rounded corners. All parts are horizontal or vertical. */
static void add_corners(struct text *out, const struct point *points, size_t count)
{
    for (size_t i = 1; i + 1 < count; i++) {
        struct point from = points[i - 1], corner = points[i], to = points[i + 1];
        int before = distance(from, corner), after = distance(corner, to);
        int radius = before < after ? before / 2 : after / 2;
        radius = radius < CORNER ? radius : CORNER;
        text_print(out, "L%d %dQ%d %d %d %d", corner.x - sign(corner.x - from.x) * radius,
                   corner.y - sign(corner.y - from.y) * radius, corner.x, corner.y,
                   corner.x + sign(to.x - corner.x) * radius, corner.y + sign(to.y - corner.y) * radius);
    }
    text_print(out, "L%d %d", points[count - 1].x, points[count - 1].y);
}

static void add_line(struct text *out, const struct layout_edge *layout)
{
    text_print(out, "<path class=\"line\" d=\"M%d %d", layout->points[0].x, layout->points[0].y);
    if (!layout->is_curve)
        add_corners(out, layout->points, layout->point_count);
    for (size_t i = 1; layout->is_curve && i < layout->point_count; i++)
        text_print(out, "%s%d %d", i % 3 == 1 ? "C" : " ", layout->points[i].x, layout->points[i].y);
    text_add(out, "\"/>\n");
}

static void add_label(struct text *out, const struct layout_edge *layout)
{
    const struct shape_label *label = &layout->label;
    struct point at = layout->label_at;
    struct text line = {0};
    if (label->box != NULL) {
        int width = text_width(label->box, FONT_SMALL, false) + 2 * SHAPE_MARGIN;
        text_print(out, "<rect class=\"pill\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" rx=\"9\"/>\n",
                   at.x - width / 2, at.y - 9, width);
        svg_add_text(out, "label", at.x, at.y, "", label->box);
    }
    if (label->above != NULL) {
        text_print(&line, "%s \xe2\x86\x92", label->above);
        svg_add_text(out, "label", at.x, at.y - label->above_height + 7, "", line.data);
        text_free(&line);
    }
    if (label->below != NULL) {
        text_print(&line, "\xe2\x86\x90 %s", label->below);
        svg_add_text(out, "label", at.x, at.y + label->below_height - 7, "", line.data);
        text_free(&line);
    }
}

/* A sentence for each direction: "organisation.projects: zero or more project". */
static void add_sentence(struct text *out, const struct graph *graph, const struct graph_end *from,
                         const struct graph_end *to)
{
    svg_add_escaped(out, graph->nodes[from->node].name);
    for (size_t i = 0; i < to->relations.count; i++) {
        text_add(out, i == 0 ? "." : ", ");
        svg_add_escaped(out, to->relations.items[i]);
    }
    text_print(out, ": %s ", graph_cardinality_name(to->cardinality));
    svg_add_escaped(out, graph->nodes[to->node].name);
}

static void add_title(struct text *out, const struct graph *graph, const struct graph_edge *edge)
{
    text_add(out, "<title>");
    add_sentence(out, graph, &edge->holder, &edge->referred);
    text_add(out, "; ");
    add_sentence(out, graph, &edge->referred, &edge->holder);
    if (edge->missing_index != NULL) {
        text_add(out, "; an index is missing: ");
        svg_add_escaped(out, edge->missing_index);
    }
    text_add(out, "</title>\n");
}

void svg_add_edge(struct text *out, const struct graph *graph, const struct graph_edge *edge,
                  const struct layout_edge *layout)
{
    const struct point *points = layout->points;
    size_t last = layout->point_count - 1;
    text_print(out, "<g class=\"edge%s%s\">", edge->kind == GRAPH_ANY ? " any" : "",
               edge->missing_index != NULL ? " missing" : "");
    add_title(out, graph, edge);
    add_line(out, layout);
    svg_add_end(out, points[0], points[1], edge->holder.cardinality);
    svg_add_end(out, points[last], points[last - 1], edge->referred.cardinality);
    add_label(out, layout);
    text_add(out, "</g>\n");
}
