/* Join tables: many-to-many without a struct, and rows of a model with a key, a default and a time of their own. */
#ifndef WRITING_TAGGED_H
#define WRITING_TAGGED_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct item {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(items)
  AR_MANY_TO_MANY(tags, item_tags, item_id, tag_id, items)
  AR_HAS_MANY(ratings, item_id, item)
  AR_HAS_MANY_THROUGH(raters, ratings, person)
  AR_HAS_MANY_THROUGH(adult_raters, ratings, person, .where = "age >= 18")
  AR_HAS_MANY_THROUGH(ratings_of_raters, raters, ratings);

struct tag {
    const char *name      AR_PRIMARY_KEY;
    bool        is_hidden AR_DEFAULT(FALSE);
} AR_TABLE(tags)
  AR_MANY_TO_MANY(items, item_tags, tag_id, item_id, tags);

struct person {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
    int32_t     age;
} AR_TABLE(persons)
  AR_HAS_MANY(ratings, person_id, person);

struct rating {
    int64_t id         AR_PRIMARY_KEY;
    int64_t item_id;
    int64_t person_id;
    int32_t stars      AR_NULLABLE AR_DEFAULT(3);
    time_t  created_at AR_CREATED_AT;
} AR_TABLE(ratings)
  AR_BELONGS_TO(item, item_id, ratings)
  AR_BELONGS_TO(person, person_id, ratings)
  AR_HAS_MANY_THROUGH(others, item, ratings);

/* A composite key on one side, and the same table on both sides. */
struct place {
    const char *country AR_PRIMARY_KEY;
    int32_t     number  AR_PRIMARY_KEY;
} AR_TABLE(places)
  AR_MANY_TO_MANY(neighbours, borders, (country, number), (other_country, other_number), .target = place);

/* clang-format on */

#endif
