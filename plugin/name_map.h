/* A map from names to what they name. Checks and plans look every name up here, so that their time grows with the number
 * of names and not with its square. */
#ifndef ARMATURE_PLUGIN_NAME_MAP_H
#define ARMATURE_PLUGIN_NAME_MAP_H

#include "memory.h"

struct name_slot {
    const char *name;
    void *value;
};

/* All zero is an empty map. Its memory is the arena's. */
struct name_map {
    struct name_slot *slots;
    size_t slot_count; /* a power of two */
    size_t count;
};

/* Return the name's value, or NULL if the map lacks the name. */
void *name_map_find(const struct name_map *map, const char *name);

/* Add the name with a value other than NULL, unless the map has it: the first value stays. Return the value that the
 * map had, or NULL. */
void *name_map_add(struct arena *arena, struct name_map *map, const char *name, void *value);

/* The name as SQLite compares it: capitals of ASCII are small letters. */
const char *name_folded(struct arena *arena, const char *name);

#endif
