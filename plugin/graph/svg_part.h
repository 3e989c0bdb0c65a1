/* The parts of an SVG image, for svg.c. Each adds elements to the text. */
#ifndef ARMATURE_PLUGIN_GRAPH_SVG_PART_H
#define ARMATURE_PLUGIN_GRAPH_SVG_PART_H

#include "layout.h"
#include "output.h"

/* Add the text with everything escaped that is markup in content or attributes. */
void svg_add_escaped(struct text *out, const char *text);

/* Add a <text>; `extra` is further attributes, or "". */
void svg_add_text(struct text *out, const char *class, int x, int y, const char *extra, const char *text);

/* Add the tag of a column, "PK", whose box begins at x and has its middle at y. */
void svg_add_tag(struct text *out, int x, int y, const char *tag);

/* Add the crow's foot of an edge: at `at`, of a line that leads to `towards`. */
void svg_add_end(struct text *out, struct point at, struct point towards, enum graph_cardinality cardinality);

/* Add the style sheet. */
void svg_add_style(struct text *out);

/* Add a node, which is at its place in the layout; an edge; the label of an edge. */
void svg_add_node(struct text *out, const struct graph_node *node, const struct shape *shape,
                  const struct layout_node *layout);
void svg_add_edge(struct text *out, const struct graph *graph, const struct graph_edge *edge,
                  const struct layout_edge *layout);

/* Add an explanation of the signs that the graph has, in rows of this width. Return its height. */
int svg_add_legend(struct text *out, const struct graph *graph, struct point at, int width);

#endif
