/* Memory that is given out piece by piece and freed all at once. */
#ifndef AR_ARENA_H
#define AR_ARENA_H

#include <stddef.h>

struct arena_block;

/* All zero is an empty arena. */
struct arena {
    struct arena_block *block; /* the newest; it leads to the older ones */
    char *next;                /* free from here … */
    char *end;                 /* … to here */
};

/* `size` bytes, aligned for any type, not cleared. NULL when out of memory. */
void *ar_arena_allocate(struct arena *arena, size_t size);

/* The same, cleared. */
void *ar_arena_allocate_zero(struct arena *arena, size_t size);

/* A copy of `size` bytes with a zero byte behind it, not aligned. NULL when out of memory. */
char *ar_arena_copy_text(struct arena *arena, const void *data, size_t size);

/* Frees everything but the newest block, which is kept for what comes next. */
void ar_arena_reset(struct arena *arena);

/* Frees everything; the arena is empty. */
void ar_arena_free(struct arena *arena);

#endif
