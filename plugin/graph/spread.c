/* Isotonic regression by the pool-adjacent-violators algorithm: without the distances, positions must not decrease.
 * Neighbours that would be in the wrong order are pooled, and have one position, the best for all of them together. */
#include "spread.h"

#include <stdlib.h>
#include <string.h>

struct pool {
    size_t item_count;
    const struct wish *wishes;
    size_t wish_count;
    int position;
};

static int compare_wishes(const void *left, const void *right)
{
    const struct wish *a = left, *b = right;
    return (a->position > b->position) - (a->position < b->position);
}

static int mean(const struct pool *pool)
{
    long long sum = 0, weight = 0;
    for (size_t i = 0; i < pool->wish_count; i++) {
        sum += (long long)pool->wishes[i].position * pool->wishes[i].weight;
        weight += pool->wishes[i].weight;
    }
    return (int)(sum / weight);
}

/* Return the weighted median; of the two in the middle, the first. */
static int median(const struct pool *pool, struct wish *sorted)
{
    long long weight = 0, passed = 0;
    memcpy(sorted, pool->wishes, pool->wish_count * sizeof *sorted);
    qsort(sorted, pool->wish_count, sizeof *sorted, compare_wishes);
    for (size_t i = 0; i < pool->wish_count; i++)
        weight += sorted[i].weight;
    for (size_t i = 0; i < pool->wish_count; i++) {
        passed += sorted[i].weight;
        if (passed * 2 >= weight)
            return sorted[i].position;
    }
    return sorted[0].position;
}

static void choose(struct pool *pool, struct wish *scratch, enum spread_mode mode)
{
    if (pool->wish_count > 0)
        pool->position = mode == SPREAD_MEAN ? mean(pool) : median(pool, scratch);
}

/* Join the last pool with the one before it while they are in the wrong order. Return the number of pools. */
static size_t join_pools(struct pool *pools, size_t count, struct wish *scratch, enum spread_mode mode)
{
    while (count > 1 && pools[count - 2].position > pools[count - 1].position) {
        struct pool *before = &pools[count - 2];
        before->item_count += pools[count - 1].item_count;
        before->wish_count += pools[count - 1].wish_count;
        choose(before, scratch, mode);
        count--;
    }
    return count;
}

static void set_positions(struct spread_item *items, const struct pool *pools, size_t pool_count)
{
    int distance = 0;
    size_t item = 0;
    for (size_t i = 0; i < pool_count; i++)
        for (size_t j = 0; j < pools[i].item_count; j++, item++) {
            distance += item > 0 ? items[item].distance : 0;
            items[item].position = pools[i].position + distance;
        }
}

void spread(struct arena *arena, struct spread_item *items, size_t count, const struct wish *wishes,
            enum spread_mode mode)
{
    struct pool *pools = arena_take(arena, count * sizeof *pools);
    size_t pool_count = 0, total = 0, wish = 0;
    int distance = 0;
    for (size_t i = 0; i < count; i++)
        total += items[i].wish_count;
    struct wish *shifted = arena_take(arena, total * sizeof *shifted);
    struct wish *scratch = arena_take(arena, total * sizeof *scratch);
    for (size_t i = 0; i < count; i++) {
        distance += i > 0 ? items[i].distance : 0;
        struct pool pool = {.item_count = 1, .wishes = shifted + wish, .wish_count = items[i].wish_count};
        for (size_t j = 0; j < items[i].wish_count; j++, wish++)
            shifted[wish] = (struct wish){wishes[wish].position - distance, wishes[wish].weight};
        pool.position = pool_count > 0 ? pools[pool_count - 1].position : 0;
        choose(&pool, scratch, mode);
        pools[pool_count++] = pool;
        pool_count = join_pools(pools, pool_count, scratch, mode);
    }
    set_positions(items, pools, pool_count);
}
