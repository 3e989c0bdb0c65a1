/* A graph as an SVG image: self-contained, for light and dark surroundings, and readable by screen readers.
 *
 * It can be a file, or a part of an HTML document: its ids and classes are its own. */
#ifndef ARMATURE_PLUGIN_GRAPH_SVG_H
#define ARMATURE_PLUGIN_GRAPH_SVG_H

#include "layout.h"
#include "output.h"

enum graph_layout {
    GRAPH_LAYOUT_AUTO, /* Graphviz's if its program `dot` is on the PATH and the graph is not large, otherwise ours */
    GRAPH_LAYOUT_OWN,
    GRAPH_LAYOUT_GRAPHVIZ
};

/* Add the <svg> element. Return false if there is no layout: Graphviz was asked for, and is not there. */
bool graph_svg(struct text *out, struct arena *arena, const struct graph *graph, enum graph_layout layout);

#endif
