/* A graph in the language of Graphviz. */
#ifndef ARMATURE_PLUGIN_GRAPH_DOT_H
#define ARMATURE_PLUGIN_GRAPH_DOT_H

#include "graph.h"
#include "output.h"

void graph_dot(struct text *out, struct arena *arena, const struct graph *graph);

#endif
