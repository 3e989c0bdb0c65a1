/* Memory of one run of the tool: an arena that is freed as a whole, and lists that grow in it.
 * Out of memory ends the tool with a message and exit status 1: nothing here returns NULL. */
#ifndef ARMATURE_PLUGIN_MEMORY_H
#define ARMATURE_PLUGIN_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/* All zero is an empty arena. */
struct arena {
    struct arena_block *blocks;
};

/* Zeroed memory that lives until arena_free. */
void *arena_take(struct arena *arena, size_t size);

/* The first `length` bytes of a text, with a terminator. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

char *arena_text(struct arena *arena, const char *text);

__attribute__((format(printf, 2, 3))) char *arena_print(struct arena *arena, const char *format, ...);
__attribute__((format(printf, 2, 0))) char *arena_vprint(struct arena *arena, const char *format, va_list arguments);

/* Frees everything that was taken. */
void arena_free(struct arena *arena);

/* The items with room for one more, moved where needed: called through list_add alone. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t item_size);

/* Adds a zeroed item to an array and evaluates to it. A macro, because C has no other way to keep the item's type. The
 * items move: where something points to them, they are pointers themselves. */
#define list_add(arena, items, count)                                                                                  \
    (*((items) = arena_grow((arena), (items), (count), sizeof *(items)), &(items)[(count)++]))

/* malloc's realloc for what the arena does not hold; ends the tool where there is no memory. */
void *memory_resize(void *memory, size_t size);

#endif
