/* A random sequence that is the same on every platform for a given seed (splitmix64, public domain:
 * https://prng.di.unimi.it/splitmix64.c). */
#ifndef FUZZ_RANDOM_H
#define FUZZ_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

static inline uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* Return a number from 0 to `limit` - 1. */
static inline uint32_t random_below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(random_next(state) >> 32) % limit;
}

/* Return true with a probability of 1 in `many`. */
static inline bool random_one_in(uint64_t *state, uint32_t many)
{
    return random_below(state, many) == 0;
}

#endif
