/* Sizes of nodes and labels. */
#include "shape.h"

#include "text_width.h"

#include <string.h>

enum {
    COLUMN_HEIGHT = 19,
    VALUES_HEIGHT = 14,
    PATH_HEIGHT = 18,
    PADDING = 5,
    COLUMN_GAP = 18, /* between a column's name and its type */
    VALUES_WIDTH_MAX = 190,
    LABEL_HEIGHT = 15,
    LABEL_ARROW = 12,
    LABEL_MARGIN = 6,
    BOX_HEIGHT = 20,
    LOOP_ROOM = 48 /* next to the label, on both sides */
};

static int max(int a, int b)
{
    return a > b ? a : b;
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

void shape_tags(const struct graph_column *column, const char *tags[4])
{
    size_t count = 0;
    if (column->is_key)
        tags[count++] = "PK";
    if (column->is_foreign_key)
        tags[count++] = "FK";
    if (column->is_unique)
        tags[count++] = "UQ";
    tags[count] = NULL;
}

static int tag_count(const struct graph_column *column)
{
    return column->is_key + column->is_foreign_key + column->is_unique;
}

/* Cut the text at a character and add an ellipsis, if it is wider than allowed. */
static const char *shortened(struct arena *arena, const char *text, int size, int width_max)
{
    static const char ellipsis[] = "\xe2\x80\xa6";
    char *copy = arena_print(arena, "%s%s", text, ellipsis);
    size_t length = strlen(text);
    if (text_width(text, size, false) <= width_max)
        return text;
    while (length > 0 && text_width(copy, size, false) > width_max) {
        do
            length--;
        while (length > 0 && (text[length] & 0xc0) == 0x80);
        memcpy(copy + length, ellipsis, sizeof ellipsis);
    }
    return copy;
}

static void add_row(struct arena *arena, struct shape *shape, struct shape_row row, int height)
{
    row.top = shape->height;
    row.y = shape->height + height / 2;
    shape->height += height;
    list_add(arena, shape->rows, shape->row_count) = row;
}

static void add_column(struct arena *arena, struct shape *shape, const struct graph_column *column)
{
    const char *type = arena_print(arena, "%s%s", column->type, column->is_nullable ? "?" : "");
    add_row(arena, shape, (struct shape_row){.kind = ROW_COLUMN, .text = column->name, .type = type, .column = column},
            COLUMN_HEIGHT);
    shape->tag_count = max(shape->tag_count, tag_count(column));
    if (column->values.count > 0)
        add_row(arena, shape,
                (struct shape_row){
                    .kind = ROW_VALUES,
                    .text = shortened(arena, graph_join(arena, &column->values), FONT_SMALL, VALUES_WIDTH_MAX),
                    .column = column},
                VALUES_HEIGHT);
}

static void add_path(struct arena *arena, struct shape *shape, const struct graph_path *path)
{
    const char *type = arena_print(arena, "via %s", graph_join(arena, &path->steps));
    add_row(arena, shape, (struct shape_row){.kind = ROW_PATH, .text = path->name, .type = type, .path = path},
            PATH_HEIGHT);
}

static int row_width(const struct shape_row *row)
{
    int size = row->kind == ROW_VALUES ? FONT_SMALL : FONT_COLUMN;
    int width = text_width(row->text, size, row->column != NULL && row->column->is_key);
    if (row->type != NULL)
        width += COLUMN_GAP + text_width(row->type, FONT_SMALL, false);
    return width;
}

static void set_width(struct shape *shape, const struct graph_node *node)
{
    shape->width = text_width(node->name, FONT_NAME, true);
    if (shape->subtitle != NULL)
        shape->width += COLUMN_GAP + text_width(shape->subtitle, FONT_SMALL, false);
    for (size_t i = 0; i < shape->row_count; i++)
        shape->width = max(shape->width, shape->tag_count * SHAPE_TAG + row_width(&shape->rows[i]));
    shape->width = max(shape->width + 2 * SHAPE_MARGIN, 110);
}

/* Edges from the node to itself are below it, each around the one before. */
static void fit_loops(struct arena *arena, struct shape *shape, const struct graph *graph, size_t node)
{
    int width = 0;
    for (size_t i = 0; i < graph->edge_count; i++) {
        const struct graph_edge *edge = &graph->edges[i];
        if (edge->holder.node == node && edge->referred.node == node)
            width = max(width, shape_label_of(arena, edge, true).width) + LOOP_ROOM;
    }
    shape->width = max(shape->width, width);
}

static struct shape shape_of(struct arena *arena, const struct graph_node *node)
{
    struct shape shape = {.height = SHAPE_HEADER};
    if (node->kind == GRAPH_VIEW)
        shape.subtitle = arena_print(arena, "view %s", node->table);
    else if (node->kind == GRAPH_JOIN)
        shape.subtitle = "join";
    else if (strcmp(node->table, node->name) != 0)
        shape.subtitle = node->table;
    if (node->column_count > 0 || node->path_count > 0)
        shape.height += PADDING;
    for (size_t i = 0; i < node->column_count; i++)
        add_column(arena, &shape, &node->columns[i]);
    for (size_t i = 0; i < node->path_count; i++)
        add_path(arena, &shape, &node->paths[i]);
    if (shape.row_count > 0)
        shape.height += PADDING;
    set_width(&shape, node);
    return shape;
}

struct shape *shapes_of(struct arena *arena, const struct graph *graph)
{
    struct shape *shapes = arena_take(arena, graph->node_count * sizeof *shapes);
    for (size_t i = 0; i < graph->node_count; i++) {
        shapes[i] = shape_of(arena, &graph->nodes[i]);
        fit_loops(arena, &shapes[i], graph, i);
    }
    return shapes;
}

int shape_port(const struct shape *shape, const char *column)
{
    for (size_t i = 0; i < shape->row_count; i++)
        if (shape->rows[i].kind == ROW_COLUMN && strcmp(shape->rows[i].text, column) == 0)
            return shape->rows[i].y;
    return -1;
}

/* ---- Labels ------------------------------------------------------------------------------------------------------ */

static void fit(struct shape_label *label, const char *text, int *height)
{
    if (text == NULL)
        return;
    label->width = max(label->width, text_width(text, FONT_SMALL, false) + LABEL_ARROW + LABEL_MARGIN);
    *height += LABEL_HEIGHT;
}

struct shape_label shape_label_of(struct arena *arena, const struct graph_edge *edge, bool is_reversed)
{
    const struct graph_end *right = is_reversed ? &edge->referred : &edge->holder;
    const struct graph_end *left = is_reversed ? &edge->holder : &edge->referred;
    struct shape_label label = {.above = graph_join(arena, &right->relations),
                                .below = graph_join(arena, &left->relations)};
    if (edge->kind == GRAPH_ONE_OF)
        label.box = arena_print(arena, "one of %s", edge->union_name);
    else if (edge->kind == GRAPH_ANY)
        label.box = "any";
    if (label.box != NULL) {
        label.above_height = label.below_height = BOX_HEIGHT / 2;
        label.width = text_width(label.box, FONT_SMALL, false) + 2 * SHAPE_MARGIN + LABEL_MARGIN;
    }
    fit(&label, label.above, &label.above_height);
    fit(&label, label.below, &label.below_height);
    return label;
}
