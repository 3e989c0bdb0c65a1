/* Meters with samples of every type that an aggregate takes. */
#ifndef SCENARIO_METERS_H
#define SCENARIO_METERS_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct meter {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(meters)
  AR_HAS_MANY(samples, meter_id, meter)
  AR_HAS_MANY(brief_samples, meter_id, .target = sample, .cache = { .ttl = 1 })
  AR_HAS_MANY(few_samples, meter_id, .target = sample, .cache = { .max_size = 2 })
  AR_HAS_MANY(uncached_samples, meter_id, .target = sample, .cache = off)
  AR_HAS_MANY(single_samples, meter_id, .target = sample, .load = one)
  AR_HAS_MANY(high_samples, meter_id, .target = sample, .where = "weight > 7.5", .order = "weight DESC")
  AR_HAS_ONE(seal, meter_id, meter);

struct sample {
    int64_t id AR_PRIMARY_KEY;
    int64_t meter_id AR_NULLABLE;
    bool has_level;
    int32_t level AR_NULLABLE_BY(has_level);
    double weight;
    float mass;
    const char *word;
    time_t taken_at;
} AR_TABLE(samples)
  AR_BELONGS_TO(meter, meter_id, samples);

struct seal {
    int64_t id AR_PRIMARY_KEY;
    int64_t meter_id;
} AR_TABLE(seals)
  AR_BELONGS_TO(meter, meter_id, seal);

#endif
