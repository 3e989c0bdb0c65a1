/* Relations that follow others: to a list, distinct, and to one record; with rows of the first model in step, scoped,
 * over a relation with a path of its own, and over a join table. Typedefs without tags. */
#ifndef PATHS_H
#define PATHS_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct {
    int64_t id       AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(countries) country_t;

typedef struct user {
    int64_t id         AR_PRIMARY_KEY;
    int64_t country_id AR_NULLABLE;
} AR_TABLE(users)
  AR_BELONGS_TO(country, country_id)
  AR_HAS_MANY(posts, author_id, author, .target = post, .load = one)
  AR_HAS_ONE(latest, author_id, .target = post, .order = "created_at DESC", .cache = off)
  AR_HAS_MANY_THROUGH(tags, posts, tags, .distinct = true, .inverse = users, .order = "name")
  AR_HAS_MANY_THROUGH(latest_tags, latest, tags, .cache = { .ttl = 60, .max_size = 100 })
  AR_HAS_MANY_THROUGH(fans, posts, likers, .where = "country_id IS NOT NULL")
  AR_MANY_TO_MANY(liked, likes, user_id, post_id, likers, .target = post, .where = "is_published")
  AR_HAS_MANY_THROUGH(liked_tags, liked, tags)
  user;

struct post {
    int64_t id         AR_PRIMARY_KEY;
    int64_t author_id;
    time_t created_at  AR_CREATED_AT;
    bool is_published;
} AR_TABLE(posts)
  AR_BELONGS_TO(author, author_id, posts, .target = user)
  AR_HAS_MANY(post_tags, post_id, post)
  AR_HAS_ONE_THROUGH(country, author, country)
  AR_HAS_MANY_THROUGH(tags, post_tags, tag, .inverse = posts, .load = one)
  AR_MANY_TO_MANY(likers, likes, post_id, user_id, liked, .target = user);

struct post_tag {
    int64_t post_id    AR_PRIMARY_KEY;
    int64_t tag_id     AR_PRIMARY_KEY;
} AR_TABLE(post_tags)
  AR_BELONGS_TO(post, post_id, post_tags, .on_delete = cascade)
  AR_BELONGS_TO(tag, tag_id, post_tags, .on_delete = restrict);

struct tag {
    int64_t id         AR_PRIMARY_KEY;
    const char *name   AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(tags)
  AR_HAS_MANY(post_tags, tag_id, tag)
  AR_HAS_MANY_THROUGH(posts, post_tags, post, .inverse = tags)
  AR_HAS_MANY_THROUGH(users, posts, author, .distinct = true, .inverse = tags);

#endif
