/* Memory of the hand-written sides: one arena for texts and one growing array per kind of row, all of which are kept
 * from one unit of work to the next. No malloc per row. */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <stddef.h>

/* Memory in a few large blocks, which a reset keeps. */
struct arena {
    char *blocks[64];
    size_t block_count;
    size_t current;
    size_t used;
};

enum { ARENA_BLOCK_SIZE = 1 << 20 };

/* Goes on to the next block; ends the program where there is none. */
void arena_next_block(struct arena *arena, size_t size);

static inline char *arena_take(struct arena *arena, size_t size)
{
    if (arena->block_count == 0 || arena->used + size > ARENA_BLOCK_SIZE)
        arena_next_block(arena, size);
    char *memory = arena->blocks[arena->current] + arena->used;
    arena->used += size;
    return memory;
}

static inline void arena_reset(struct arena *arena)
{
    arena->current = arena->used = 0;
}

void arena_free(struct arena *arena);

/* Room for `count` items: the same array where it has it, otherwise a larger one. */
void *reserve(void *items, size_t count, size_t *capacity, size_t size);

#endif
