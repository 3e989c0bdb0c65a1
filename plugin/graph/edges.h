/* The edges of a graph: one for each foreign key. */
#ifndef ARMATURE_PLUGIN_GRAPH_EDGES_H
#define ARMATURE_PLUGIN_GRAPH_EDGES_H

#include "graph.h"

/* Add the edges between the nodes of the graph. Those whose key no index of the schema begins with are marked. */
void edges_add(const struct model_set *set, struct graph *graph, const struct schema *schema);

#endif
