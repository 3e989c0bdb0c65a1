/* Memory of the hand-written sides: what happens once per block, not once per row. */
#include "rows.h"

#include "workload.h"

#include <stdlib.h>

void arena_next_block(struct arena *arena, size_t size)
{
    if (arena->block_count > 0)
        arena->current++;
    if (arena->current == arena->block_count) {
        char *block = arena->block_count < 64 && size <= ARENA_BLOCK_SIZE ? malloc(ARENA_BLOCK_SIZE) : NULL;
        if (block == NULL)
            bench_fail("arena", "full");
        arena->blocks[arena->block_count++] = block;
    }
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    for (size_t i = 0; i < arena->block_count; i++)
        free(arena->blocks[i]);
}

void *reserve(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count <= *capacity)
        return items;
    if (*capacity == 0)
        *capacity = 1024;
    while (*capacity < count)
        *capacity *= 2;
    void *grown = realloc(items, *capacity * size);
    if (grown == NULL)
        bench_fail("rows", "out of memory");
    return grown;
}
