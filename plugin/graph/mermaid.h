/* A graph as an erDiagram of Mermaid, which GitHub and GitLab draw in Markdown. */
#ifndef ARMATURE_PLUGIN_GRAPH_MERMAID_H
#define ARMATURE_PLUGIN_GRAPH_MERMAID_H

#include "graph.h"
#include "output.h"

void graph_mermaid(struct text *out, struct arena *arena, const struct graph *graph);

#endif
