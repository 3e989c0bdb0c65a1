/* Included before each source of a runtime compiled only for these tests, in which every allocation from an arena can
 * fail. In the library only one in hundreds can: those that need a new block. */
#ifndef FAULT_PIECE_H
#define FAULT_PIECE_H

#include "base/arena.h"
#include "fault.h"

#define FAULT_PIECE_OR(allocation) (fault_is_due(FAULT_PIECE) ? NULL : (allocation))

#define ar_arena_allocate_aligned(arena, size, alignment)                                                              \
    FAULT_PIECE_OR(ar_arena_allocate_aligned(arena, size, alignment))
#define ar_arena_allocate(arena, size) FAULT_PIECE_OR(ar_arena_allocate(arena, size))
#define ar_arena_allocate_zero(arena, size) FAULT_PIECE_OR(ar_arena_allocate_zero(arena, size))
#define ar_arena_allocate_text(arena, size) FAULT_PIECE_OR(ar_arena_allocate_text(arena, size))
#define ar_arena_copy_text(arena, data, size) FAULT_PIECE_OR(ar_arena_copy_text(arena, data, size))

#endif
