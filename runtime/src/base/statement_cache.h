/* A cache of prepared statements by their SQL. If it is full, the least recently used statement is evicted. */
#ifndef AR_STATEMENT_CACHE_H
#define AR_STATEMENT_CACHE_H

#include "base/use_list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cached_statement {
    struct use_link use;  /* must be first */
    char *sql;            /* owned */
    const char *constant; /* a constant string with the same SQL, or NULL */
    void *handle;
    size_t size; /* of the handle's memory, in bytes */
    uint64_t hash;
    struct cached_statement *next_in_bucket;
};

/* Slots for recently used constant strings, by their address. */
enum { CONSTANT_BITS = 8, CONSTANT_STATEMENTS = 1 << CONSTANT_BITS };

/* The limits of a cache. */
struct statement_limits {
    size_t count;
    size_t memory; /* of the handles, in bytes */
};

struct statement_cache {
    struct cached_statement *constants[CONSTANT_STATEMENTS];
    struct cached_statement **buckets;
    size_t bucket_count; /* a power of two */
    size_t count;
    size_t memory; /* of the handles, in bytes */
    struct statement_limits limits;
    struct use_list by_use;
    void (*destroy)(void *handle);
};

/* Return the limits for the options of an ar_db, which are 0 by default: limited by memory only. */
static inline struct statement_limits ar_statement_limits(unsigned count, size_t memory)
{
    enum { MEMORY = 8 << 20 };

    if (memory == 0)
        memory = count > 0 ? SIZE_MAX : MEMORY;
    return (struct statement_limits){count > 0 ? count : SIZE_MAX, memory};
}

/* Return false if out of memory. `destroy` frees an evicted handle. */
bool ar_statement_cache_open(struct statement_cache *cache, struct statement_limits limits,
                             void (*destroy)(void *handle));
void ar_statement_cache_close(struct statement_cache *cache);

/* Evict all statements. */
void ar_statement_cache_clear(struct statement_cache *cache);

/* Return the handle for this SQL, which becomes the most recently used, or NULL. A constant string is found by its
 * address; it is only compared if that fails. */
void *ar_statement_cache_find(struct statement_cache *cache, const char *sql, bool is_constant);

/* Add a handle of `size` bytes and take ownership of it. If out of memory, return false; the caller keeps the handle. A
 * handle larger than the limit is kept as the only one. */
bool ar_statement_cache_add(struct statement_cache *cache, const char *sql, bool is_constant, void *handle,
                            size_t size);

#endif
