/* The models that the client requests from the fuzzed server, which derives the column types from the column names: see
 * server.c. */
#ifndef FUZZ_POSTGRESQL_WIRE_H
#define FUZZ_POSTGRESQL_WIRE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum color { RED, GREEN };

struct owner {
    int64_t         id         AR_PRIMARY_KEY;
    const char     *name       AR_DEFAULT("'x'");
    bool            is_good;
    int16_t         small;
    int32_t         medium;
    float           share;
    double          amount;
    time_t          made_at;
    struct timespec seen_at;
    char            code[8];
    enum color      color      AR_ENUM_TEXT;
    uint8_t         mark[16]   AR_UUID;
    struct ar_blob  body;
    int32_t         maybe      AR_NULLABLE_BY(has_maybe);
    bool            has_maybe;
} AR_TABLE(owners)
  AR_HAS_MANY(pets, owner_id, owner, .target = pet);

struct pet {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     owner_id;
    const char *kind_name;
} AR_TABLE(pets)
  AR_BELONGS_TO(owner, owner_id, pets)
  AR_BELONGS_TO(kind, kind_name, pets);

struct kind {
    const char *name AR_PRIMARY_KEY;
} AR_TABLE(kinds)
  AR_HAS_MANY(pets, kind_name, kind);

/* clang-format on */

#endif
