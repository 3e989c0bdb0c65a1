/* A hash map from pointers to pointers, by open addressing. */
#include "base/pointer_map.h"

#include <stdlib.h>

static bool grow(struct pointer_map *map)
{
    struct pointer_map grown = {.capacity = map->capacity > 0 ? map->capacity * 2 : 16, .count = map->count};

    grown.pairs = calloc(grown.capacity, sizeof *grown.pairs);
    if (grown.pairs == NULL)
        return false;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->pairs[i].key != NULL)
            *ar_pointer_map_slot(&grown, map->pairs[i].key) = map->pairs[i];
    ar_pointer_map_free(map);
    *map = grown;
    return true;
}

bool ar_pointer_map_add(struct pointer_map *map, const void *key, void *value)
{
    if (map->count * 2 >= map->capacity && !grow(map))
        return false;
    *ar_pointer_map_slot(map, key) = (struct pointer_pair){key, value};
    map->count++;
    return true;
}

void ar_pointer_map_free(struct pointer_map *map)
{
    if (!map->is_lent)
        free(map->pairs);
    *map = (struct pointer_map){0};
}
