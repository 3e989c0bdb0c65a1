/* A graph as JSON, for other tools that draw it. docs/graph.md describes it. */
#ifndef ARMATURE_PLUGIN_GRAPH_JSON_H
#define ARMATURE_PLUGIN_GRAPH_JSON_H

#include "graph.h"
#include "output.h"

void graph_json(struct text *out, const struct graph *graph);

#endif
