/* Arenas. The size of a new block is a fixed fraction of all blocks before it: n bytes take log(n) calls of malloc, and
 * at most that fraction is unused. */
#include "base/arena.h"

#include <stdlib.h>

enum { ALIGNMENT = 16, BLOCK_SIZE_FIRST = 4096, BLOCK_SIZE_MIN = 16384, GROWTH = 32 };

/* A larger block shrinks to a quarter if several consecutive units of work used less than a quarter of it. */
enum { IDLE_SIZE_MIN = 256 << 10, IDLE_PART = 4, IDLE_RESETS = 16, HEADROOM_PART = 8 };

struct arena_block {
    struct arena_block *older;
    size_t size;  /* with this header */
    bool is_lent; /* caller-owned: the arena does not free it */
    char *at;     /* of a block for one piece: the arena's `next` in the previous block at its allocation; or NULL */
};

static const size_t header_size = (sizeof(struct arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

static void discard(struct arena_block *block)
{
    AR_MEMORY_POOL_END(block);
    if (!block->is_lent)
        free(block);
}

static size_t next_block_size(const struct arena *arena)
{
    if (arena->block == NULL)
        return BLOCK_SIZE_FIRST;
    return arena->size / GROWTH > BLOCK_SIZE_MIN ? arena->size / GROWTH : BLOCK_SIZE_MIN;
}

/* Allocate a block with room for `size` bytes, which is not yet part of the arena. */
static struct arena_block *make_block(struct arena *arena, size_t size)
{
    struct arena_block *block = size < SIZE_MAX / 2 ? malloc(header_size + size) : NULL;

    if (block == NULL)
        return NULL;
    *block = (struct arena_block){.size = header_size + size};
    AR_MEMORY_POOL(block, (char *)block + header_size, size);
    arena->size += block->size;
    return block;
}

/* Make a block the newest. */
static void begin_block(struct arena *arena, struct arena_block *block)
{
    arena->start = arena->block == NULL ? (char *)block + header_size : NULL;
    block->older = arena->block;
    arena->block = block;
    arena->alone = NULL;
    arena->next = (char *)block + header_size;
    arena->end = (char *)block + block->size;
}

void ar_arena_lend(struct arena *arena, void *memory, size_t size)
{
    struct arena_block *block = memory;

    *block = (struct arena_block){.size = size, .is_lent = true};
    AR_MEMORY_POOL(block, (char *)block + header_size, size - header_size);
    arena->size = size;
    begin_block(arena, block);
}

/* A piece that would fill most of the next block gets a separate block, and allocation continues in the newest one. One
 * byte of the newest is used up, so that `next` differs before and after such a piece. */
bool ar_arena_contains(const struct arena *arena, const void *address)
{
    for (const struct arena_block *block = arena->block; block != NULL; block = block->older)
        if ((uintptr_t)address - (uintptr_t)block < block->size)
            return true;
    return false;
}

void *ar_arena_add_block(struct arena *arena, size_t size, size_t alignment)
{
    size_t usual = next_block_size(arena) - header_size;
    /* Blocks begin as malloc aligns them. */
    size_t padded = alignment > ALIGNMENT && size < SIZE_MAX / 2 ? size + alignment - ALIGNMENT : size;
    bool is_alone = arena->block != NULL && padded > usual / 2 && ar_arena_room(arena) > 0;
    struct arena_block *block = make_block(arena, is_alone || padded > usual ? padded : usual);
    char *memory;

    if (block == NULL)
        return NULL;
    memory = (char *)block + header_size;
    memory += -(uintptr_t)memory & (alignment - 1);
    if (is_alone) {
        block->older = arena->block->older;
        block->at = arena->alone = arena->next++;
        arena->block->older = block;
        arena->start = NULL;
    } else {
        begin_block(arena, block);
        arena->next = memory + size;
    }
    AR_MEMORY_GIVEN(block, memory, size);
    return memory;
}

static void free_block(struct arena *arena, struct arena_block *block)
{
    arena->size -= block->size;
    discard(block);
}

/* Set `next` back in the newest block and free the pieces that got separate blocks since. */
static void set_next(struct arena *arena, char *mark)
{
    struct arena_block *block = arena->block, *older;

    while ((older = block->older) != NULL && (uintptr_t)older->at >= (uintptr_t)mark) {
        block->older = older->older;
        free_block(arena, older);
    }
    AR_MEMORY_TAKEN_FROM(block, (char *)block + header_size, mark, (size_t)((char *)block + block->size - mark));
    arena->next = mark;
    arena->alone = older != NULL ? older->at : NULL;
    arena->start = older == NULL ? (char *)block + header_size : NULL;
}

static bool holds(const struct arena_block *block, const char *mark)
{
    return (uintptr_t)mark > (uintptr_t)block && (uintptr_t)mark <= (uintptr_t)block + block->size;
}

void ar_arena_rewind_alone(struct arena *arena, char *mark)
{
    const struct arena_block *each = arena->block->older;

    while (!holds(arena->block, mark) && each != NULL && each->at != NULL && !holds(each, mark))
        each = each->older;
    if (holds(arena->block, mark))
        set_next(arena, mark);
    else if (each != NULL && each->at != NULL)
        set_next(arena, each->at);
}

void ar_arena_release(struct arena *arena, char *mark)
{
    while (arena->block != NULL && !holds(arena->block, mark)) {
        struct arena_block *older = arena->block->older;
        free_block(arena, arena->block);
        arena->block = older;
    }
    if (arena->block == NULL) {
        *arena = (struct arena){0};
        return;
    }
    arena->end = (char *)arena->block + arena->block->size;
    set_next(arena, mark);
}

/* Return true if the only block is much larger than what is used of it. */
static bool is_idle(struct arena *arena)
{
    size_t used = (size_t)(arena->next - arena->start);

    if (arena->size <= IDLE_SIZE_MIN || used >= arena->size / IDLE_PART)
        arena->idle_resets = 0;
    else
        arena->idle_resets++;
    return arena->idle_resets == IDLE_RESETS;
}

/* Free all blocks except one of this size, if there is one. */
static void free_all_but(struct arena *arena, size_t size)
{
    struct arena_block *left = NULL;

    while (arena->block != NULL) {
        struct arena_block *block = arena->block;
        arena->block = block->older;
        if (left == NULL && block->size == size)
            left = block;
        else
            discard(block);
    }
    *arena = (struct arena){.size = left != NULL ? size : 0};
    if (left == NULL)
        return;
    left->at = NULL;
    AR_MEMORY_TAKEN_FROM(left, (char *)left + header_size, (char *)left + header_size, left->size - header_size);
    begin_block(arena, left);
}

/* Replace several blocks by one that is slightly larger than all of them. The next unit of work, which usually
 * resembles the last one, then uses memory that the process already has. Freeing and reallocating it would cost a page
 * fault per page. */
void ar_arena_take_back(struct arena *arena, size_t kept)
{
    bool is_single = arena->start != NULL, shrinks = is_single && is_idle(arena);
    size_t size = shrinks ? arena->size / IDLE_PART : arena->size + arena->size / HEADROOM_PART;
    struct arena_block *block;

    if (is_single && arena->size <= kept && !shrinks) {
        AR_MEMORY_TAKEN_FROM(arena->block, arena->start, arena->start, (size_t)(arena->next - arena->start));
        arena->next = arena->start;
        return;
    }
    size = size < kept ? size : kept;
    free_all_but(arena, size);
    block = arena->block == NULL && size > header_size ? make_block(arena, size - header_size) : NULL;
    if (block != NULL)
        begin_block(arena, block);
}

void ar_arena_free(struct arena *arena)
{
    while (arena->block != NULL) {
        struct arena_block *older = arena->block->older;
        discard(arena->block);
        arena->block = older;
    }
    *arena = (struct arena){0};
}
