/* A hash map from names to objects. Checks and plans look up every name here, so that their time is linear in the
 * number of names. */
#ifndef ARMATURE_PLUGIN_NAME_MAP_H
#define ARMATURE_PLUGIN_NAME_MAP_H

#include "memory.h"

struct name_slot {
    const char *name;
    void *value;
};

/* A zeroed map is empty. Its memory belongs to the arena. */
struct name_map {
    struct name_slot *slots;
    size_t slot_count; /* a power of two */
    size_t count;
};

/* Return the value of the name, or NULL if it is not in the map. */
void *name_map_find(const struct name_map *map, const char *name);

/* Add the name with a value that is not NULL, unless it is in the map already. Return its previous value, or NULL. */
void *name_map_add(struct arena *arena, struct name_map *map, const char *name, void *value);

#endif
