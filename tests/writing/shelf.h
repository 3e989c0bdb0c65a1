/* Models for writing through relations: foreign keys of every kind, a scope, versions and join tables. */
#ifndef WRITING_SHELF_H
#define WRITING_SHELF_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct shelf {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
    int32_t     plant_count;
} AR_TABLE(shelves)
  AR_HAS_MANY(books, shelf_id, shelf)
  AR_HAS_MANY(heavy_books, shelf_id, .target = book, .where = "pages > 500")
  AR_HAS_MANY(labels, shelf_id, shelf)
  AR_HAS_MANY(plants, shelf_id, shelf)
  AR_HAS_MANY(remarks, about);

struct book {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     shelf_id   AR_NULLABLE;
    const char *title;
    int32_t     pages;
    int32_t     revision   AR_VERSION;
    time_t      updated_at AR_UPDATED_AT;
} AR_TABLE(books)
  AR_BELONGS_TO(shelf, shelf_id, books)
  AR_HAS_MANY(remarks, about);

/* Its foreign key cannot be NULL. */
struct label {
    int64_t     id       AR_PRIMARY_KEY;
    int64_t     shelf_id;
    const char *text;
} AR_TABLE(labels)
  AR_BELONGS_TO(shelf, shelf_id, labels);

/* The shelf counts its plants. */
struct plant {
    int64_t     id       AR_PRIMARY_KEY;
    int64_t     shelf_id AR_NULLABLE;
    const char *name;
    int32_t     revision AR_VERSION;
} AR_TABLE(plants)
  AR_BELONGS_TO(shelf, shelf_id, plants, .counter = plant_count);

/* Of a shelf or of a book. */
struct remark {
    int64_t     id       AR_PRIMARY_KEY;
    const char *kind;
    int64_t     about_id AR_NULLABLE;
    const char *text;
} AR_TABLE(remarks)
  AR_BELONGS_TO_ANY(about, kind, about_id, shelf, book);

/* A composite foreign key. */
struct room {
    const char *building AR_PRIMARY_KEY;
    int32_t     number   AR_PRIMARY_KEY;
} AR_TABLE(rooms)
  AR_HAS_MANY(desks, (building, room_number), room, .target = desk)
  AR_HAS_MANY(lamps, (building, room_number), room, .target = lamp)
  AR_HAS_MANY(hooks, (building, room_number), room, .target = hook);

struct desk {
    char    code[8]     AR_PRIMARY_KEY;
    char    building[8] AR_NULLABLE;
    int32_t room_number AR_NULLABLE;
} AR_TABLE(desks)
  AR_BELONGS_TO(room, (building, room_number), desks);

struct lamp {
    char    building[8] AR_PRIMARY_KEY;
    int32_t room_number AR_PRIMARY_KEY;
    int32_t number      AR_PRIMARY_KEY;
    bool    is_on;
} AR_TABLE(lamps)
  AR_BELONGS_TO(room, (building, room_number), lamps);

/* Always in a building, but not always in a room. */
struct hook {
    int64_t id          AR_PRIMARY_KEY;
    char    building[8];
    int32_t room_number AR_NULLABLE;
} AR_TABLE(hooks)
  AR_BELONGS_TO(room, (building, room_number), hooks);

/* clang-format on */

#endif
