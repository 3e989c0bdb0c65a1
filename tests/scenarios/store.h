/* Shelves of jars, for tests of the cache: the same relation once with each cache policy. */
#ifndef SCENARIO_STORE_H
#define SCENARIO_STORE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct shelf {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(shelves)
  AR_HAS_MANY(jars, shelf_id, shelf)
  AR_HAS_MANY(brief_jars, shelf_id, .target = jar, .cache = { .ttl = 1 })
  AR_HAS_MANY(few_jars, shelf_id, .target = jar, .cache = { .max_size = 2 })
  AR_HAS_MANY(instant_jars, shelf_id, .target = jar, .cache = { .ttl = 0 })
  AR_HAS_MANY(uncached_jars, shelf_id, .target = jar, .cache = off)
  AR_HAS_ONE(label, shelf_id, shelf)
  AR_HAS_ONE(uncached_label, shelf_id, .target = label, .cache = off);

struct jar {
    int64_t id AR_PRIMARY_KEY;
    int64_t shelf_id AR_NULLABLE;
    const char *content;
} AR_TABLE(jars)
  AR_BELONGS_TO(shelf, shelf_id, jars)
  AR_BELONGS_TO(brief_shelf, shelf_id, .target = shelf, .cache = { .ttl = 1 })
  AR_BELONGS_TO(few_shelf, shelf_id, .target = shelf, .cache = { .max_size = 2 })
  AR_BELONGS_TO(uncached_shelf, shelf_id, .target = shelf, .cache = off);

struct label {
    int64_t id AR_PRIMARY_KEY;
    int64_t shelf_id AR_NULLABLE;
    const char *text;
} AR_TABLE(labels)
  AR_BELONGS_TO(shelf, shelf_id, label);

#endif
