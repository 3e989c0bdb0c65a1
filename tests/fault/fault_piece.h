/* Included before each source of a runtime compiled only for these tests, in which every allocation from an arena can
 * fail. In the library only one in hundreds can: those that need a new block. */
#ifndef FAULT_PIECE_H
#define FAULT_PIECE_H

#include "base/arena.h"
#include "fault.h"

/* These are functions because the branches of a macro would count as branches of the source that uses it. */
static inline void *fault_allocate_aligned(struct arena *arena, size_t size, size_t alignment)
{
    return fault_is_due(FAULT_PIECE) ? NULL : ar_arena_allocate_aligned(arena, size, alignment);
}

static inline void *fault_allocate(struct arena *arena, size_t size)
{
    return fault_is_due(FAULT_PIECE) ? NULL : ar_arena_allocate(arena, size);
}

static inline void *fault_allocate_zero(struct arena *arena, size_t size)
{
    return fault_is_due(FAULT_PIECE) ? NULL : ar_arena_allocate_zero(arena, size);
}

static inline char *fault_allocate_text(struct arena *arena, size_t size)
{
    return fault_is_due(FAULT_PIECE) ? NULL : ar_arena_allocate_text(arena, size);
}

static inline char *fault_copy_text(struct arena *arena, const void *data, size_t size)
{
    return fault_is_due(FAULT_PIECE) ? NULL : ar_arena_copy_text(arena, data, size);
}

#define ar_arena_allocate_aligned fault_allocate_aligned
#define ar_arena_allocate fault_allocate
#define ar_arena_allocate_zero fault_allocate_zero
#define ar_arena_allocate_text fault_allocate_text
#define ar_arena_copy_text fault_copy_text

#endif
