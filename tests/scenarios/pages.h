/* Rows in any order: columns that may be NULL, of every kind of value, and a composite key. */
#ifndef SCENARIO_PAGES_H
#define SCENARIO_PAGES_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct reel {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(reels)
  AR_HAS_MANY(shots, reel_id, reel, .target = shot);

enum stage { STAGE_DRAFT, STAGE_CUT, STAGE_FINAL };

struct shot {
    int64_t reel_id AR_PRIMARY_KEY;
    const char *code AR_PRIMARY_KEY;
    int32_t take;                    /* many are equal */
    int32_t rating AR_NULLABLE;      /* NULL in some */
    const char *note;                /* NULL in some */
    double length;
    float weight;
    time_t shot_at;
    bool has_marks;
    int64_t marks AR_NULLABLE_BY(has_marks);
    enum stage stage AR_ENUM_TEXT;
} AR_TABLE(shots)
  AR_BELONGS_TO(reel, reel_id, shots);

/* On SQLite, `at` is a string: another program may store more than whole seconds in it, as on PostgreSQL. */
struct take {
    int64_t id AR_PRIMARY_KEY;
    time_t at AR_STORED_AS(text);
    float speed;
} AR_TABLE(takes);

#endif
