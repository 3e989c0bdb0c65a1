/* Models for workloads that the blog does not cover: one parent with all children, in three orders, and pages of rows
 * with four relations; on SQLite only: long strings, parents with few or no children, and composite string keys. They
 * are only read. */
#ifndef BENCH_SHAPES_H
#define BENCH_SHAPES_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct document {
    int64_t     id AR_PRIMARY_KEY;
    const char *body;
} AR_TABLE(documents);

struct topic {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(topics)
  AR_HAS_MANY(entries, topic_id, topic)
  AR_HAS_MANY(revised, topic_id, topic)
  AR_HAS_MANY(shuffled, topic_id, topic);

struct entry {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     topic_id;
    int64_t     score;
    const char *text;
} AR_TABLE(entries)
  AR_BELONGS_TO(topic, topic_id, entries);

/* Like an entry. Some are at the end of the table, as PostgreSQL stores rows that were updated. */
struct revised {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     topic_id;
    int64_t     score;
    const char *text;
} AR_TABLE(revised)
  AR_BELONGS_TO(topic, topic_id, revised);

/* Like an entry. The table is in random order. */
struct shuffled {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     topic_id;
    int64_t     score;
    const char *text;
} AR_TABLE(shuffled)
  AR_BELONGS_TO(topic, topic_id, shuffled);

struct parcel {
    int64_t     id AR_PRIMARY_KEY;
    const char *code;
    double      weight;
} AR_TABLE(parcels)
  AR_HAS_MANY(items, parcel_id, parcel);

struct item {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     parcel_id;
    const char *name;
    int32_t     quantity;
} AR_TABLE(items)
  AR_BELONGS_TO(parcel, parcel_id, items);

struct shelf {
    const char *room AR_PRIMARY_KEY;
    const char *code AR_PRIMARY_KEY;
    const char *title;
} AR_TABLE(shelves)
  AR_HAS_MANY(books, (room, code), shelf);

struct book {
    int64_t     id AR_PRIMARY_KEY;
    const char *room;
    const char *code;
    const char *title;
} AR_TABLE(books)
  AR_BELONGS_TO(shelf, (room, code), books);

struct language {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(languages);

struct film {
    int64_t     id AR_PRIMARY_KEY;
    const char *title;
    const char *description;
    int64_t     language_id;
    int32_t     length;
} AR_TABLE(films)
  AR_BELONGS_TO(language, language_id)
  AR_HAS_MANY(roles, film_id, film)
  AR_HAS_MANY(discs, film_id, film)
  AR_HAS_MANY(reviews, film_id, film);

struct role {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     film_id;
    const char *actor;
} AR_TABLE(roles)
  AR_BELONGS_TO(film, film_id, roles);

struct disc {
    int64_t id AR_PRIMARY_KEY;
    int64_t film_id;
    int32_t store;
} AR_TABLE(discs)
  AR_BELONGS_TO(film, film_id, discs);

struct review {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     film_id;
    const char *text;
} AR_TABLE(reviews)
  AR_BELONGS_TO(film, film_id, reviews);

#endif
