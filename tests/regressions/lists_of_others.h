/* Shelves with string keys, and their items. */
#ifndef REGRESSION_LISTS_OF_OTHERS_H
#define REGRESSION_LISTS_OF_OTHERS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct shelf {
    const char *code AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(shelves)
  AR_HAS_MANY(items, shelf_code, shelf);

struct item {
    int64_t     id         AR_PRIMARY_KEY;
    const char *shelf_code;
    const char *name;
} AR_TABLE(items)
  AR_BELONGS_TO(shelf, shelf_code, items);

/* clang-format on */

#endif
