/* Open addressing with linear probing; at most half of the slots are used. */
#include "name_map.h"

#include <stdint.h>
#include <string.h>

/* FNV-1a. */
static size_t hash(const char *name)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (; *name != '\0'; name++)
        sum = (sum ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
    return (size_t)(sum ^ (sum >> 32));
}

/* Return the slot of the name, or the free slot in which it would be added. */
static struct name_slot *find_slot(const struct name_map *map, const char *name)
{
    size_t mask = map->slot_count - 1;
    size_t i = hash(name) & mask;
    while (map->slots[i].name != NULL && strcmp(map->slots[i].name, name) != 0)
        i = (i + 1) & mask;
    return &map->slots[i];
}

static void grow(struct arena *arena, struct name_map *map)
{
    struct name_map grown = {.slot_count = map->slot_count == 0 ? 64 : 2 * map->slot_count, .count = map->count};
    grown.slots = arena_take(arena, grown.slot_count * sizeof *grown.slots);
    for (size_t i = 0; i < map->slot_count; i++)
        if (map->slots[i].name != NULL)
            *find_slot(&grown, map->slots[i].name) = map->slots[i];
    *map = grown;
}

void *name_map_find(const struct name_map *map, const char *name)
{
    return map->count > 0 ? find_slot(map, name)->value : NULL;
}

void *name_map_add(struct arena *arena, struct name_map *map, const char *name, void *value)
{
    if (2 * map->count >= map->slot_count)
        grow(arena, map);
    struct name_slot *slot = find_slot(map, name);
    if (slot->name != NULL)
        return slot->value;
    *slot = (struct name_slot){name, value};
    map->count++;
    return NULL;
}
