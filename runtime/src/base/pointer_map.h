/* A hash map from pointers to pointers, for the models and relations of a session. */
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
    bool is_lent; /* the pairs belong to the caller */
};

/* Give an empty map its first pairs: cleared, caller-owned memory that outlives the map. `capacity` is a power of two.
 */
static inline void ar_pointer_map_lend(struct pointer_map *map, struct pointer_pair *pairs, size_t capacity)
{
    *map = (struct pointer_map){.pairs = pairs, .capacity = capacity, .is_lent = true};
}

/* Return the slot of a key, or the free slot for it. The capacity is not 0. */
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

/* Add a key that the map does not have. Return false if out of memory. */
bool ar_pointer_map_add(struct pointer_map *map, const void *key, void *value);

void ar_pointer_map_free(struct pointer_map *map);

#endif
