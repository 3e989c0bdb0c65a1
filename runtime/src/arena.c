/* Memory that is given out piece by piece and freed all at once. Blocks double, so that n bytes cost log(n) mallocs. */
#include "arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, BLOCK_SIZE_FIRST = 4096, BLOCK_SIZE_MAX = 8 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t size; /* with this header */
};

static const size_t header_size = (sizeof(struct arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

/* Makes room for `size` bytes. What is left of the newest block is given up, unless it is a small part that is asked
 * for and the piece is large: such a piece gets a block of its own behind the newest one. */
static void *add_block(struct arena *arena, size_t size)
{
    size_t block_size = BLOCK_SIZE_FIRST;
    struct arena_block *block;

    if (size > SIZE_MAX / 2)
        return NULL;
    if (arena->block != NULL)
        block_size = arena->block->size < BLOCK_SIZE_MAX ? arena->block->size * 2 : arena->block->size;
    if (header_size + size > block_size / 2 && arena->block != NULL) {
        block = malloc(header_size + size);
        if (block == NULL)
            return NULL;
        *block = (struct arena_block){.older = arena->block->older, .size = header_size + size};
        arena->block->older = block;
        return (char *)block + header_size;
    }
    if (block_size < header_size + size)
        block_size = header_size + size;
    block = malloc(block_size);
    if (block == NULL)
        return NULL;
    *block = (struct arena_block){.older = arena->block, .size = block_size};
    arena->block = block;
    arena->next = (char *)block + header_size + size;
    arena->end = (char *)block + block_size;
    return (char *)block + header_size;
}

void *ar_arena_allocate(struct arena *arena, size_t size)
{
    size_t padding = (size_t)(-(uintptr_t)arena->next & (ALIGNMENT - 1));
    void *memory;

    if (arena->next == NULL || padding + size < size || (size_t)(arena->end - arena->next) < padding + size)
        return add_block(arena, size);
    memory = arena->next + padding;
    arena->next += padding + size;
    return memory;
}

void *ar_arena_allocate_zero(struct arena *arena, size_t size)
{
    void *memory = ar_arena_allocate(arena, size);

    return memory != NULL ? memset(memory, 0, size) : NULL;
}

char *ar_arena_copy_text(struct arena *arena, const void *data, size_t size)
{
    char *text;

    if (size == SIZE_MAX)
        return NULL;
    if (arena->next != NULL && (size_t)(arena->end - arena->next) > size) {
        text = arena->next;
        arena->next += size + 1;
    } else {
        text = add_block(arena, size + 1);
        if (text == NULL)
            return NULL;
    }
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

static void free_blocks(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void ar_arena_reset(struct arena *arena)
{
    if (arena->block == NULL)
        return;
    free_blocks(arena->block->older);
    arena->block->older = NULL;
    arena->next = (char *)arena->block + header_size;
}

void ar_arena_free(struct arena *arena)
{
    free_blocks(arena->block);
    *arena = (struct arena){0};
}
