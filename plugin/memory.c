/* An arena of blocks of a fixed size; a larger request gets a separate block. Not thread-safe. */
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t size;
    max_align_t bytes[];
};

static const size_t block_size = 64 * 1024;

void *memory_resize(void *memory, size_t size)
{
    void *resized = realloc(memory, size);
    if (resized == NULL) {
        fputs("armature: error: out of memory\n", stderr);
        exit(1);
    }
    return resized;
}

void *arena_take(struct arena *arena, size_t size)
{
    size_t rounded = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->size - block->used < rounded) {
        size_t room = rounded > block_size ? rounded : block_size;
        block = memory_resize(NULL, sizeof *block + room);
        block->next = arena->blocks;
        block->used = 0;
        block->size = room;
        arena->blocks = block;
    }
    void *taken = (char *)block->bytes + block->used;
    block->used += rounded;
    return memset(taken, 0, size);
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_take(arena, length + 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text));
}

char *arena_vprint(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    size_t size = length < 0 ? 0 : (size_t)length;
    char *text = arena_take(arena, size + 1);
    vsnprintf(text, size + 1, format, again);
    va_end(again);
    return text;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprint(arena, format, arguments);
    va_end(arguments);
    return text;
}

void arena_free(struct arena *arena)
{
    while (arena->blocks != NULL) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}

/* The capacity of an array is the next power of two, so that its count determines when it is full. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t item_size)
{
    if ((count & (count - 1)) != 0)
        return items;
    void *grown = arena_take(arena, (count == 0 ? 1 : count * 2) * item_size);
    if (count > 0)
        memcpy(grown, items, count * item_size);
    return grown;
}
