/* The library: authors with a profile, their books, the chapters of the books. */
#ifndef SCENARIO_LIBRARY_H
#define SCENARIO_LIBRARY_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct author {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(authors)
  AR_HAS_MANY(books, author_id, author)
  AR_HAS_ONE(profile, author_id, author);

struct book {
    int64_t id AR_PRIMARY_KEY;
    int64_t author_id;
    const char *title;
} AR_TABLE(books)
  AR_BELONGS_TO(author, author_id, books)
  AR_HAS_MANY(chapters, book_id, book);

struct chapter {
    int64_t id AR_PRIMARY_KEY;
    int64_t book_id;
    const char *title;
} AR_TABLE(chapters)
  AR_BELONGS_TO(book, book_id, chapters);

struct profile {
    int64_t id AR_PRIMARY_KEY;
    int64_t author_id;
    const char *bio;
} AR_TABLE(profiles)
  AR_BELONGS_TO(author, author_id, profile);

#endif
