/* Memory of the hand-written sides: one arena for strings, one growing array per kind of row, and children grouped by
 * parent. All of it is reused by the next unit of work; there is no malloc per row. */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* An arena of a few large blocks, which arena_reset() keeps. */
enum { ARENA_BLOCKS_MAX = 128 };

struct arena {
    char *blocks[ARENA_BLOCKS_MAX];
    size_t block_count;
    size_t current;
    size_t used;
};

enum { ARENA_BLOCK_SIZE = 1 << 20 };

/* Continue with the next block; exit if the arena is full. */
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

/* An array of rows of one kind. If they have parents, the children of parent i are start[i] to start[i + 1] - 1. These
 * are indices of rows if the rows are in the order of their parents; otherwise, indices of `order`, which contains the
 * indices of the rows. */
struct rows {
    void *items;
    size_t count, capacity;
    size_t *start;
    size_t start_capacity;
    size_t *order;
    size_t order_capacity;
    struct row_key *keys; /* used by rows_sort() */
    size_t key_capacity;
};

/* Reserve space for `count` rows in total; existing rows are kept. */
void rows_reserve(struct rows *rows, size_t count, size_t size);

/* Append an uninitialized row. */
static inline void *rows_add(struct rows *rows, size_t size)
{
    if (rows->count == rows->capacity)
        rows_reserve(rows, rows->count + 1, size);
    return (char *)rows->items + rows->count++ * size;
}

/* Reserve space for the start of each parent's group and for the end of the last one. */
size_t *rows_reserve_starts(struct rows *rows, size_t parents);

/* Group rows in any order; `parents` contains the parent index of each row. */
void rows_group(struct rows *rows, size_t parent_count, const uint32_t *parents);

/* Set `order` to the order of the rows' keys. */
void rows_sort(struct rows *rows, size_t size);

/* Return the index of a row; `child` is between start[i] and start[i + 1] - 1. */
static inline size_t rows_place(const struct rows *rows, size_t child)
{
    return rows->order_capacity > 0 ? rows->order[child] : child;
}

void rows_free(struct rows *rows);

/* A hash table from keys to rows. The key is the first member of a row. */
struct key_table {
    uint32_t *slots; /* index of the row plus one, or 0 */
    size_t mask;
    size_t capacity;
};

void key_table_fill(struct key_table *table, const struct rows *rows, size_t size);

static inline size_t key_hash(int64_t key)
{
    return (size_t)((uint64_t)key * 0x9E3779B97F4A7C15U >> 32);
}

static inline int64_t key_at(const struct rows *rows, size_t place, size_t size)
{
    return *(const int64_t *)(const void *)((const char *)rows->items + place * size);
}

/* Return the index of the row with the key plus one, or 0. */
static inline size_t key_table_find(const struct key_table *table, const struct rows *rows, size_t size, int64_t key)
{
    size_t slot = key_hash(key) & table->mask;
    while (table->slots[slot] != 0 && key_at(rows, table->slots[slot] - 1, size) != key)
        slot = (slot + 1) & table->mask;
    return table->slots[slot];
}

void key_table_free(struct key_table *table);

#endif
