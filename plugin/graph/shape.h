/* The shapes of a graph's nodes and labels: what is written in each, and how much room it needs. All numbers are pixels
 * of the SVG. Layouts need the sizes, and svg.c draws the contents. */
#ifndef ARMATURE_PLUGIN_GRAPH_SHAPE_H
#define ARMATURE_PLUGIN_GRAPH_SHAPE_H

#include "graph.h"

enum {
    SHAPE_HEADER = 28, /* height of the line with the name */
    SHAPE_MARGIN = 9,  /* between the border and text */
    SHAPE_TAG = 19     /* width of "PK" */
};

/* The sizes of fonts, in tenths of a pixel. */
enum { FONT_NAME = 130, FONT_COLUMN = 115, FONT_SMALL = 100, FONT_TAG = 80 };

enum shape_row_kind { ROW_COLUMN, ROW_VALUES, ROW_PATH };

struct shape_row {
    enum shape_row_kind kind;
    int top, y;                        /* of its top and of its middle, from the top of the node */
    const char *text;                  /* on the left */
    const char *type;                  /* on the right, or NULL */
    const struct graph_column *column; /* of ROW_COLUMN and ROW_VALUES */
    const struct graph_path *path;
};

/* A node. */
struct shape {
    int width, height;
    int tag_count; /* the most tags that a row has */
    struct shape_row *rows;
    size_t row_count;
    const char *subtitle; /* on the right of the first line, or NULL */
};

/* The label of an edge: a name above the line, one below it, and a box in it, each of which may be NULL. */
struct shape_label {
    const char *above; /* the names of the relation from the left to the right */
    const char *below; /* from the right to the left */
    const char *box;   /* that it leads to one of several models */
    int width;
    int above_height, below_height; /* from the line */
};

struct shape *shapes_of(struct arena *arena, const struct graph *graph);

/* Return the label of an edge whose holder is on the right; if `is_reversed`, on the left. */
struct shape_label shape_label_of(struct arena *arena, const struct graph_edge *edge, bool is_reversed);

/* Return the y of the column's row, or -1 if the node does not show it. */
int shape_port(const struct shape *shape, const char *column);

/* Return the tags of a column: "PK", "FK" and "UQ"; the list ends with NULL. */
void shape_tags(const struct graph_column *column, const char *tags[4]);

#endif
