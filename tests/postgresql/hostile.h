/* Models that need every kind of statement: integer, string and composite keys, columns set automatically, defaults. */
#ifndef POSTGRESQL_HOSTILE_H
#define POSTGRESQL_HOSTILE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct owner {
    int64_t     id         AR_PRIMARY_KEY;
    const char *name       AR_UNIQUE;
    char        code[8];
    double      weight;
    int32_t     age;
    bool        is_good;
    time_t      born_at    AR_NULLABLE AR_DEFAULT("86400");
    time_t      updated_at AR_UPDATED_AT;
    int32_t     version    AR_VERSION;
    uint8_t     mark[16]   AR_UUID;
} AR_TABLE(hostile_owners)
  AR_HAS_MANY(pets, owner_id, owner, .target = pet);

struct kind {
    const char *name AR_PRIMARY_KEY;
    const char *note;
} AR_TABLE(hostile_kinds)
  AR_HAS_MANY(pets, kind_name, kind, .target = pet)
  AR_HAS_MANY(traits, kind_name, kind, .target = trait);

struct pet {
    int64_t     id       AR_PRIMARY_KEY;
    int64_t     owner_id AR_NULLABLE;
    const char *kind_name;
    const char *name;
} AR_TABLE(hostile_pets)
  AR_BELONGS_TO(owner, owner_id, pets)
  AR_BELONGS_TO(kind, kind_name, pets);

struct trait {
    const char *kind_name AR_PRIMARY_KEY;
    int64_t     number    AR_PRIMARY_KEY;
} AR_TABLE(hostile_traits)
  AR_BELONGS_TO(kind, kind_name, traits)
  AR_HAS_MANY(scores, (kind_name, trait_number), trait, .target = score);

struct score {
    int64_t     id AR_PRIMARY_KEY;
    const char *kind_name;
    int64_t     trait_number;
    int64_t     points;
} AR_TABLE(hostile_scores)
  AR_BELONGS_TO(trait, (kind_name, trait_number), scores);

struct cell {
    int64_t x AR_PRIMARY_KEY;
    int64_t y AR_PRIMARY_KEY;
} AR_TABLE(hostile_cells)
  AR_HAS_MANY(dots, (x, y), cell, .target = dot);

struct dot {
    int64_t id AR_PRIMARY_KEY;
    int64_t x;
    int64_t y;
} AR_TABLE(hostile_dots)
  AR_BELONGS_TO(cell, (x, y), dots);

/* A type that only PostgreSQL has. */
struct host {
    int64_t     id      AR_PRIMARY_KEY;
    const char *address AR_SQL_TYPE("inet");
} AR_TABLE(hostile_hosts);

/* clang-format on */

#endif
