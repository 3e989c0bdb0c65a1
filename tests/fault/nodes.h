/* A tree whose rows are counted by the grove that they belong to; both are deleted by a time. */
#ifndef FAULT_NODES_H
#define FAULT_NODES_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct grove {
    int64_t id         AR_PRIMARY_KEY;
    int32_t node_count;
    int32_t nest_count;
    time_t  deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(groves)
  AR_HAS_MANY(nodes, grove_id, grove, .target = node, .dependent = destroy)
  AR_HAS_MANY(nests, grove_id, grove, .target = nest, .dependent = nullify);

struct node {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     grove_id   AR_NULLABLE;
    int64_t     parent_id  AR_NULLABLE;
    const char *name;
    int32_t     weight;
    time_t      deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(nodes)
  AR_BELONGS_TO(grove, grove_id, nodes, .counter = node_count)
  AR_BELONGS_TO(parent, parent_id, children, .target = node)
  AR_HAS_MANY(children, parent_id, parent, .target = node)
  AR_HAS_MANY(nests, node_id, node, .target = nest);

/* Belongs to a grove or to a node. */
struct nest {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     grove_id   AR_NULLABLE;
    const char *place_type;
    int64_t     place_id   AR_NULLABLE;
    int64_t     node_id    AR_NULLABLE;
} AR_TABLE(nests)
  AR_BELONGS_TO(grove, grove_id, nests, .counter = nest_count)
  AR_BELONGS_TO(node, node_id, nests)
  AR_BELONGS_TO_ANY(place, place_type, place_id, grove, node);

/* clang-format on */

#endif
