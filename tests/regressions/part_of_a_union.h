/* Rows of one of several models, of which only some columns are loaded. */
#ifndef PART_OF_A_UNION_H
#define PART_OF_A_UNION_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct book {
    int64_t     id   AR_PRIMARY_KEY;
    const char *isbn AR_UNIQUE;
} AR_TABLE(books)
  AR_HAS_MANY(quotes, source, .target = quote)
  AR_HAS_MANY(loans, isbn, .references = isbn, .target = loan);

struct song {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(songs)
  AR_HAS_MANY(quotes, source, .target = quote);

struct quote {
    int64_t     id          AR_PRIMARY_KEY;
    const char *source_type;
    int64_t     source_id   AR_NULLABLE;
    const char *text;
} AR_TABLE(quotes)
  AR_BELONGS_TO_ANY(source, source_type, source_id, book, song);

struct loan {
    int64_t     id   AR_PRIMARY_KEY;
    const char *isbn;
} AR_TABLE(loans)
  AR_BELONGS_TO(book, isbn, .references = isbn);

/* clang-format on */

#endif
