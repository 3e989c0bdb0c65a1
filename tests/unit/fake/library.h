/* Authors and their books, for tests on the fake driver. */
#ifndef FAKE_LIBRARY_H
#define FAKE_LIBRARY_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct author {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    int born AR_NULLABLE;
} AR_TABLE(authors)
  AR_HAS_MANY(books, author_id, author);

struct book {
    int64_t id AR_PRIMARY_KEY;
    int64_t author_id;
    const char *title;
} AR_TABLE(books)
  AR_BELONGS_TO(author, author_id, books);

#endif
