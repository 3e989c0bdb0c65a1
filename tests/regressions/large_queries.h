/* A tree, for queries of many levels and many conditions. */
#ifndef REGRESSIONS_LARGE_QUERIES_H
#define REGRESSIONS_LARGE_QUERIES_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct folder {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *name;
} AR_TABLE(folders)
  AR_BELONGS_TO(parent, parent_id, children, .target = folder)
  AR_HAS_MANY(children, parent_id, parent, .target = folder);

/* clang-format on */

#endif
