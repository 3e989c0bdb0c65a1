/* The memory of one run of the tool: an arena that is freed as a whole, and arrays that grow in it.
 * Nothing here returns NULL: if memory is exhausted, the tool exits with a message and status 1. */
#ifndef ARMATURE_PLUGIN_MEMORY_H
#define ARMATURE_PLUGIN_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/* A zeroed arena is empty. */
struct arena {
    struct arena_block *blocks;
};

/* Return zeroed memory that is valid until arena_free. */
void *arena_take(struct arena *arena, size_t size);

/* Return a terminated copy of the first `length` bytes. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

char *arena_text(struct arena *arena, const char *text);

__attribute__((format(printf, 2, 3))) char *arena_print(struct arena *arena, const char *format, ...);
__attribute__((format(printf, 2, 0))) char *arena_vprint(struct arena *arena, const char *format, va_list arguments);

/* Free all memory of the arena. */
void arena_free(struct arena *arena);

/* Return the array with room for one more item, moved if necessary. Call it only through list_add. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t item_size);

/* Add a zeroed item to an array and evaluate to it. A macro, because only a macro keeps the type of the item. Items
 * move when the array grows: if something points to them, store pointers instead. */
#define list_add(arena, items, count)                                                                                  \
    (*((items) = arena_grow((arena), (items), (count), sizeof *(items)), &(items)[(count)++]))

/* Like realloc, for memory outside the arena; exits if memory is exhausted. */
void *memory_resize(void *memory, size_t size);

#endif
