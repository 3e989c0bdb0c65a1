/* Strings that are built piece by piece in an arena. */
#ifndef AR_ARENA_TEXT_H
#define AR_ARENA_TEXT_H

#include "base/arena.h"

/* All zero except for the arena is an empty string, with `data` NULL. Running out of memory is noted; what is added
 * afterwards is ignored. */
struct arena_text {
    struct arena *arena;
    char *data; /* `size` bytes, followed by a zero byte */
    size_t size, capacity;
    bool out_of_memory;
};

/* Append `size` bytes. */
void ar_arena_text_append(struct arena_text *text, const char *bytes, size_t size);

/* Append strings; NULL ends the list. */
__attribute__((sentinel)) void ar_arena_text_add(struct arena_text *text, const char *piece, ...);

/* Return a larger copy of an array of `count` items of `size` bytes, with room for at least `needed`, and set
 * *capacity. Return NULL if out of memory. */
void *ar_arena_grow(struct arena *arena, const void *items, size_t count, size_t *capacity, size_t needed, size_t size);

#endif
