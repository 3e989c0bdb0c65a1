/* The tree: a model that is its own parent and child. */
#ifndef SCENARIO_TREE_H
#define SCENARIO_TREE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct cat {
    int64_t id AR_PRIMARY_KEY;
    int64_t parent_id AR_NULLABLE;
    const char *name;
} AR_TABLE(cats)
  AR_BELONGS_TO(parent, parent_id, children, .target = cat)
  AR_HAS_MANY(children, parent_id, parent, .target = cat);

#endif
