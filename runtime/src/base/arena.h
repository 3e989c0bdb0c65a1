/* Arenas: memory that is allocated in pieces and freed all at once. */
#ifndef AR_ARENA_H
#define AR_ARENA_H

#include "base/memory_check.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena_block;

/* All zero is an empty arena. */
struct arena {
    struct arena_block *block; /* the newest, linked to the older ones */
    char *alone;               /* `next` when a piece last got a separate block; or NULL */
    char *next;                /* free from here … */
    char *end;                 /* … to here */
    char *start;               /* of the only block, if there is only one */
    size_t size;               /* of all blocks */
    unsigned idle_resets;      /* consecutive resets that found most of the memory unused */
};

/* Give an empty arena its first block: caller-owned memory that is aligned for any type and outlives the arena. */
void ar_arena_lend(struct arena *arena, void *memory, size_t size);

/* Return true if the address is in the memory of the arena. */
bool ar_arena_contains(const struct arena *arena, const void *address);

/* The slow path of ar_arena_allocate_aligned and ar_arena_allocate_text: the newest block has no room. */
void *ar_arena_add_block(struct arena *arena, size_t size, size_t alignment);

/* Return the number of free bytes in the newest block; 0 if there is no block. */
static inline size_t ar_arena_room(const struct arena *arena)
{
    return (uintptr_t)arena->end - (uintptr_t)arena->next;
}

/* Allocate `size` bytes, not cleared; the alignment is a power of two. Return NULL if out of memory. */
static inline void *ar_arena_allocate_aligned(struct arena *arena, size_t size, size_t alignment)
{
    size_t padding = (size_t)(-(uintptr_t)arena->next & (alignment - 1));
    char *memory = arena->next;

    if (padding + size < size || ar_arena_room(arena) <= padding + size)
        return ar_arena_add_block(arena, size, alignment);
    arena->next = memory + padding + size;
    AR_MEMORY_GIVEN(arena->block, memory + padding, size);
    return memory + padding;
}

/* Allocate `size` bytes, aligned for any type, not cleared. Return NULL if out of memory. */
static inline void *ar_arena_allocate(struct arena *arena, size_t size)
{
    return ar_arena_allocate_aligned(arena, size, 16);
}

/* Allocate cleared memory. */
static inline void *ar_arena_allocate_zero(struct arena *arena, size_t size)
{
    void *memory = ar_arena_allocate(arena, size);

    return memory != NULL ? memset(memory, 0, size) : NULL;
}

/* Allocate memory for a string of `size` bytes and its terminator, not aligned. Return NULL if out of memory. */
static inline char *ar_arena_allocate_text(struct arena *arena, size_t size)
{
    char *text = arena->next;

    if (ar_arena_room(arena) <= size)
        return size < SIZE_MAX ? ar_arena_add_block(arena, size + 1, 1) : NULL;
    arena->next = text + size + 1;
    AR_MEMORY_GIVEN(arena->block, text, size + 1);
    return text;
}

/* Copy `size` bytes and terminate them by a zero byte; not aligned. Return NULL if out of memory. */
static inline char *ar_arena_copy_text(struct arena *arena, const void *data, size_t size)
{
    char *text = ar_arena_allocate_text(arena, size);

    if (text == NULL)
        return NULL;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

/* The slow path of ar_arena_rewind: a piece has a separate block. */
void ar_arena_rewind_alone(struct arena *arena, char *mark);

/* Free everything allocated since `arena->next` was `mark`, or since the piece at `mark` was allocated. A block started
 * since then is kept, because the next allocation will probably need it too. */
static inline void ar_arena_rewind(struct arena *arena, char *mark)
{
    bool is_within = (uintptr_t)mark > (uintptr_t)arena->block && (uintptr_t)mark < (uintptr_t)arena->next;

    if (arena->alone != NULL && (!is_within || (uintptr_t)mark <= (uintptr_t)arena->alone)) {
        ar_arena_rewind_alone(arena, mark);
    } else if (is_within) {
        AR_MEMORY_TAKEN_FROM(arena->block, arena->block, mark, (size_t)(arena->next - mark));
        arena->next = mark;
    }
}

/* Free everything allocated since `arena->next` was `mark`, including the blocks started since. */
void ar_arena_release(struct arena *arena, char *mark);

/* The slow path of ar_arena_reset: something was allocated. */
void ar_arena_take_back(struct arena *arena, size_t kept);

/* Free all pieces. The arena keeps as much memory as was used, in one block of at most `kept` bytes. A large block
 * shrinks after several resets that found most of it unused. */
static inline void ar_arena_reset(struct arena *arena, size_t kept)
{
    if (arena->next != arena->start)
        ar_arena_take_back(arena, kept);
}

/* Free all memory; the arena is empty. */
void ar_arena_free(struct arena *arena);

#endif
