/* Names of types and fields that the parameters of generated functions must not have. */
#ifndef COLLISIONS_H
#define COLLISIONS_H

#include <armature/annotations.h>
#include <stdint.h>

/* A struct without a tag, whose model has the name of the type. */
typedef struct {
    int64_t id AR_PRIMARY_KEY;
    int64_t parent_id AR_NULLABLE;
} AR_TABLE(nodes) AR_BELONGS_TO(parent, parent_id, children, .target = node)
    AR_HAS_MANY(children, parent_id, parent, .target = node) node;

/* Has the name of the parameter that replaces `item`, which is a type. */
typedef struct {
    int64_t id AR_PRIMARY_KEY;
    int64_t node_id;
} AR_TABLE(items) AR_BELONGS_TO(node, node_id) item;

struct entry {
    int32_t key AR_PRIMARY_KEY;
    int32_t key_value AR_PRIMARY_KEY;
    const char *entry_model AR_PRIMARY_KEY;
    int32_t ar_value_integer AR_PRIMARY_KEY;
} AR_TABLE(entries);

struct member_of {
    int64_t s AR_PRIMARY_KEY;
    int64_t out AR_PRIMARY_KEY;
} AR_TABLE(members);

#endif
