/* A small hash map from pointers to pointers: a session's models and relations. */
#ifndef AR_POINTER_MAP_H
#define AR_POINTER_MAP_H

#include "base/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pointer_pair {
    const void *key; /* NULL: free */
    void *value;
};

/* All zero is an empty map. */
struct pointer_map {
    struct pointer_pair *pairs;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
    bool is_lent; /* the pairs are not the map's to free */
};

/* Give an empty map its first pairs: memory that is cleared, stays the caller's, and outlives the map. `capacity` is a
 * power of two. */
static inline void ar_pointer_map_lend(struct pointer_map *map, struct pointer_pair *pairs, size_t capacity)
{
    *map = (struct pointer_map){.pairs = pairs, .capacity = capacity, .is_lent = true};
}

/* The slot of a key: the one it has, or the free one where it would go. The capacity is not 0. */
static inline struct pointer_pair *ar_pointer_map_slot(const struct pointer_map *map, const void *key)
{
    size_t i = (size_t)(ar_hash_pointer(key) >> 32) & (map->capacity - 1);

    while (map->pairs[i].key != NULL && map->pairs[i].key != key)
        i = (i + 1) & (map->capacity - 1);
    return &map->pairs[i];
}

static inline void *ar_pointer_map_get(const struct pointer_map *map, const void *key)
{
    return map->capacity > 0 ? ar_pointer_map_slot(map, key)->value : NULL;
}

/* Adds a key that is not there; false when out of memory. */
bool ar_pointer_map_add(struct pointer_map *map, const void *key, void *value);

void ar_pointer_map_free(struct pointer_map *map);

#endif
