/* Hashes of keys, which an attacker may choose, and of pointers, which an attacker cannot choose.
 *
 * Bytes, and integers that must be spread, are hashed with random numbers that each process draws once and keeps
 * secret, so that a client that chooses keys cannot know which of them collide. The method is wyhash, final version 4
 * (Wang Yi, https://github.com/wangyi-fudan/wyhash, in the public domain): 128-bit products, both factors combined with
 * a secret, whose halves are XORed. All bits are equally good. */
#ifndef AR_HASH_H
#define AR_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* 2^64 over the golden ratio: multiplication by it spreads neighbours over the high bits (Knuth, The Art of Computer
 * Programming, volume 3, section 6.4). */
#define AR_HASH_GOLDEN UINT64_C(0x9E3779B97F4A7C15)

struct hash_secret {
    uint64_t seed, first, second;
};
extern struct hash_secret ar_hash_secret;

/* Draw the secret at the first call. No key may have been hashed before. */
void ar_hash_seed(void);

/* The halves of a 128-bit product. */
struct hash_product {
    uint64_t low, high;
};

static inline struct hash_product ar_hash_multiply(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 uint128;
    uint128 product = (uint128)a * b;

    return (struct hash_product){(uint64_t)product, (uint64_t)(product >> 64)};
#else
    uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX), left = (a >> 32) * (b & UINT32_MAX);
    uint64_t right = (a & UINT32_MAX) * (b >> 32), high = (a >> 32) * (b >> 32);
    uint64_t middle = (low >> 32) + (left & UINT32_MAX) + (right & UINT32_MAX);

    return (struct hash_product){middle << 32 | (low & UINT32_MAX),
                                 high + (left >> 32) + (right >> 32) + (middle >> 32)};
#endif
}

static inline uint64_t ar_hash_fold(uint64_t a, uint64_t b)
{
    struct hash_product product = ar_hash_multiply(a, b);

    return product.low ^ product.high;
}

/* Two products: with one, one secret in a hundred makes many of some consecutive integers equal in their high bits. */
static inline uint64_t ar_hash_integer(uint64_t integer)
{
    struct hash_product product = ar_hash_multiply(integer ^ ar_hash_secret.first, ar_hash_secret.second);

    return ar_hash_fold(product.low ^ ar_hash_secret.first, product.high ^ ar_hash_secret.second);
}

static inline uint64_t ar_hash_word(const unsigned char *from)
{
    uint64_t word;

    memcpy(&word, from, sizeof word);
    return word;
}

static inline uint64_t ar_hash_half_word(const unsigned char *from)
{
    uint32_t word;

    memcpy(&word, from, sizeof word);
    return word;
}

/* Read sixteen bytes at a time; in the last step, or in short keys, some bytes are read twice. */
static inline uint64_t ar_hash_bytes(const void *from, size_t size)
{
    const unsigned char *bytes = from, *end = bytes + size;
    uint64_t seed = ar_hash_secret.seed, a = 0, b = 0;
    struct hash_product last;

    for (; end - bytes > 16; bytes += 16)
        seed = ar_hash_fold(ar_hash_word(bytes) ^ ar_hash_secret.first, ar_hash_word(bytes + 8) ^ seed);
    if (size >= 16) {
        a = ar_hash_word(end - 16);
        b = ar_hash_word(end - 8);
    } else if (size >= 8) {
        a = ar_hash_word(bytes);
        b = ar_hash_word(end - 8);
    } else if (size >= 4) {
        a = ar_hash_half_word(bytes);
        b = ar_hash_half_word(end - 4);
    } else if (size > 0) {
        a = (uint64_t)bytes[0] << 16 | (uint64_t)bytes[size / 2] << 8 | end[-1];
    }
    last = ar_hash_multiply(a ^ ar_hash_secret.first, b ^ seed);
    return ar_hash_fold(last.low ^ ar_hash_secret.second ^ size, last.high ^ ar_hash_secret.first);
}

static inline uint64_t ar_hash_pointer(const void *pointer)
{
    return (uintptr_t)pointer * AR_HASH_GOLDEN;
}

#endif
