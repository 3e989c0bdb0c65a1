/* Models for paths and files, with relations of every kind in a cycle. */
#ifndef FUZZ_SHELF_H
#define FUZZ_SHELF_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct shelf {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
    double      width;
    time_t      opened_at;
} AR_TABLE(shelves)
  AR_HAS_MANY(books, shelf_id, shelf, .target = book)
  AR_HAS_ONE(front, shelf_id, .target = book);

struct book {
    const char    *isbn     AR_PRIMARY_KEY;
    int64_t        shelf_id AR_NULLABLE;
    char           title[8];
    struct ar_blob cover;
} AR_TABLE(books)
  AR_BELONGS_TO(shelf, shelf_id, books);

/* clang-format on */

#endif
