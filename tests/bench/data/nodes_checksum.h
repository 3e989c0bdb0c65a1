/* The checksum of a node and its children, the same on every side. */
#ifndef BENCH_NODES_CHECKSUM_H
#define BENCH_NODES_CHECKSUM_H

#include "nodes.h"

#include <string.h>

static inline uint64_t checksum_node(uint64_t sum, const struct node *node)
{
    return sum * 31 + (uint64_t)node->id * 7 + (uint64_t)node->parent_id * 3 + (uint64_t)node->size +
           strlen(node->name) + strlen(node->note);
}

#endif
