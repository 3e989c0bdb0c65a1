/* A record that refers to one of several models, and one that refers to a unique column. */
#ifndef GRAPH_OF_UNIONS_H
#define GRAPH_OF_UNIONS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct novel {
    int64_t     id      AR_PRIMARY_KEY;
    const char *isbn    AR_UNIQUE;
    int64_t     best_id AR_NULLABLE;
} AR_TABLE(novels)
  AR_BELONGS_TO(best, best_id, .target = review)
  AR_HAS_MANY(reviews, subject, .target = review);

struct film {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(films)
  AR_HAS_MANY(reviews, subject, .target = review, .dependent = nullify);

struct review {
    int64_t     id           AR_PRIMARY_KEY;
    const char *subject_type AR_NOT_NULL;
    int64_t     subject_id   AR_NULLABLE;
} AR_TABLE(reviews)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, novel, film);

struct sale {
    int64_t     id         AR_PRIMARY_KEY;
    const char *novel_isbn;
} AR_TABLE(sales)
  AR_BELONGS_TO(novel, novel_isbn, .references = isbn);

/* Neither of them can be inserted first: a badge always has an owner. */
struct studio {
    int64_t id       AR_PRIMARY_KEY;
    int64_t badge_id;
} AR_TABLE(studios)
  AR_BELONGS_TO(badge, badge_id);

struct badge {
    int64_t id        AR_PRIMARY_KEY;
    int64_t studio_id AR_NULLABLE;
    int64_t film_id   AR_NULLABLE;
} AR_TABLE(badges)
  AR_BELONGS_TO(studio, studio_id)
  AR_BELONGS_TO(film, film_id)
  AR_BELONGS_TO_ONE_OF(owner, studio, film);

/* clang-format on */

#endif
