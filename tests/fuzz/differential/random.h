/* Random numbers that depend on the seed alone: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014). */
#ifndef FUZZ_RANDOM_H
#define FUZZ_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

static inline uint64_t random_next(struct random *r)
{
    uint64_t z = (r->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* A number from 0 to limit - 1. */
static inline size_t random_below(struct random *r, size_t limit)
{
    return (size_t)(random_next(r) % limit);
}

/* True once in `n` times. */
static inline bool random_once_in(struct random *r, size_t n)
{
    return random_below(r, n) == 0;
}

#endif
