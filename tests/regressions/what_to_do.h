/* A tree, for messages that state a remedy. */
#ifndef REGRESSIONS_WHAT_TO_DO_H
#define REGRESSIONS_WHAT_TO_DO_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct page {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *name;
} AR_TABLE(pages)
  AR_BELONGS_TO(parent, parent_id, children, .target = page)
  AR_HAS_MANY(children, parent_id, parent, .target = page);

/* clang-format on */

#endif
