/* Hashes of integers and of bytes. */
#ifndef AR_HASH_H
#define AR_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Multiplication by 2^64 over the golden ratio spreads neighbours over the high bits, which tables use (Knuth, The Art
 * of Computer Programming, volume 3, section 6.4). */
static inline uint64_t ar_hash_integer(uint64_t integer)
{
    return integer * UINT64_C(0x9E3779B97F4A7C15);
}

/* Eight bytes at a time; the low bits are as good as the high ones. */
static inline uint64_t ar_hash_bytes(const void *from, size_t size)
{
    const unsigned char *bytes = from;
    uint64_t hash = ar_hash_integer(size);

    for (; size >= sizeof(uint64_t); bytes += sizeof(uint64_t), size -= sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        hash = ar_hash_integer(hash ^ word);
        hash ^= hash >> 29;
    }
    for (; size > 0; bytes++, size--)
        hash = ar_hash_integer(hash ^ *bytes);
    return ar_hash_integer(hash ^ (hash >> 32));
}

#endif
