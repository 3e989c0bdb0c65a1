/* Memory of the hand-written sides: functions called once per block or load, not per row. */
#include "rows.h"

#include "fail.h"

#include <stdlib.h>
#include <string.h>

void arena_next_block(struct arena *arena, size_t size)
{
    if (arena->block_count > 0)
        arena->current++;
    if (arena->current == arena->block_count) {
        char *block =
            arena->block_count < ARENA_BLOCKS_MAX && size <= ARENA_BLOCK_SIZE ? malloc(ARENA_BLOCK_SIZE) : NULL;
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

/* Return the array, reallocated by doubling if it is too small. */
static void *reserve(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count <= *capacity)
        return items;
    if (*capacity == 0)
        *capacity = 1024;
    while (*capacity < count)
        *capacity *= 2;
    return bench_resize(items, *capacity, size);
}

void rows_reserve(struct rows *rows, size_t count, size_t size)
{
    rows->items = reserve(rows->items, count, &rows->capacity, size);
}

size_t *rows_reserve_starts(struct rows *rows, size_t parents)
{
    rows->start = reserve(rows->start, parents + 2, &rows->start_capacity, sizeof *rows->start);
    return rows->start;
}

/* A counting sort: count at index parent + 2; filling then advances each start to its final position. */
void rows_group(struct rows *rows, size_t parent_count, const uint32_t *parents)
{
    size_t *start = rows_reserve_starts(rows, parent_count);
    memset(start, 0, (parent_count + 2) * sizeof *start);
    size_t *next = start + 1;
    for (size_t i = 0; i < rows->count; i++)
        next[parents[i] + 1]++;
    for (size_t i = 1; i <= parent_count; i++)
        next[i] += next[i - 1];
    rows->order = reserve(rows->order, rows->count, &rows->order_capacity, sizeof *rows->order);
    for (size_t i = 0; i < rows->count; i++)
        rows->order[next[parents[i]]++] = i;
}

struct row_key {
    int64_t key;
    size_t place;
};

static int compare_row_keys(const void *left, const void *right)
{
    const struct row_key *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

void rows_sort(struct rows *rows, size_t size)
{
    rows->keys = reserve(rows->keys, rows->count, &rows->key_capacity, sizeof *rows->keys);
    rows->order = reserve(rows->order, rows->count, &rows->order_capacity, sizeof *rows->order);
    for (size_t i = 0; i < rows->count; i++)
        rows->keys[i] = (struct row_key){key_at(rows, i, size), i};
    qsort(rows->keys, rows->count, sizeof *rows->keys, compare_row_keys);
    for (size_t i = 0; i < rows->count; i++)
        rows->order[i] = rows->keys[i].place;
}

void rows_free(struct rows *rows)
{
    free(rows->keys);
    free(rows->items);
    free(rows->start);
    free(rows->order);
}

void key_table_fill(struct key_table *table, const struct rows *rows, size_t size)
{
    size_t slots = 16;
    while (slots < rows->count * 2)
        slots *= 2;
    table->slots = reserve(table->slots, slots, &table->capacity, sizeof *table->slots);
    memset(table->slots, 0, slots * sizeof *table->slots);
    table->mask = slots - 1;
    for (size_t i = 0; i < rows->count; i++) {
        size_t slot = key_hash(key_at(rows, i, size)) & table->mask;
        while (table->slots[slot] != 0)
            slot = (slot + 1) & table->mask;
        table->slots[slot] = (uint32_t)i + 1;
    }
}

void key_table_free(struct key_table *table)
{
    free(table->slots);
}
