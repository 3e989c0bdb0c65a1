/* Positions on a line with minimum distances between neighbours. */
#ifndef ARMATURE_PLUGIN_GRAPH_SPREAD_H
#define ARMATURE_PLUGIN_GRAPH_SPREAD_H

#include "memory.h"

/* A position that an item would like to have. */
struct wish {
    int position;
    int weight;
};

/* An item: its wishes are the next `wish_count` of the list. */
struct spread_item {
    int distance; /* from the item before it, at least */
    size_t wish_count;
    int position; /* the result */
};

enum spread_mode {
    SPREAD_MEAN,  /* the sum of the squared distances from the wishes is least */
    SPREAD_MEDIAN /* the sum of the distances is least: many wishes are met exactly */
};

/* Set the positions of the items, which keep their order. Items without wishes follow the others. */
void spread(struct arena *arena, struct spread_item *items, size_t count, const struct wish *wishes,
            enum spread_mode mode);

#endif
