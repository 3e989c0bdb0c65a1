/* Models whose tables are created by hand, without a primary key: their keys may be NULL. */
#ifndef REGRESSIONS_NULL_KEY_H
#define REGRESSIONS_NULL_KEY_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct shelf {
    const char *code    AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(shelves)
  AR_HAS_MANY(books, shelf_code, shelf);

struct book {
    int64_t     room    AR_PRIMARY_KEY;
    const char *number  AR_PRIMARY_KEY;
    const char *shelf_code;
} AR_TABLE(books)
  AR_BELONGS_TO(shelf, shelf_code, books);

struct counter {
    int64_t     id      AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(counters);

/* clang-format on */

#endif
