/* The models of unit tests: authors, their books and profile. */
#ifndef UNIT_LIBRARY_H
#define UNIT_LIBRARY_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum genre { GENRE_NONE, GENRE_NOVEL, GENRE_POEM };

struct author {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(authors)
  AR_HAS_MANY(books, author_id, author)
  AR_HAS_ONE(profile, author_id, author);

struct book {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     author_id;
    const char *title;
    double      price;
    const char *status     AR_DEFAULT("'new'");
    enum genre  genre      AR_ENUM_TEXT;
    time_t      created_at AR_CREATED_AT;
    int32_t     revision   AR_VERSION;
} AR_TABLE(books)
  AR_BELONGS_TO(author, author_id, books);

struct profile {
    int64_t id AR_PRIMARY_KEY;
    int64_t author_id;
} AR_TABLE(profiles)
  AR_BELONGS_TO(author, author_id, profile);

#endif
