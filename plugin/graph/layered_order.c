/* Order the vertices of each level so that few segments cross: sweeps that sort each level by the positions of its
 * neighbours, then swaps of vertices next to each other, until nothing improves. The best order of all sweeps counts.
 */
#include "layered.h"

#include <stdlib.h>
#include <string.h>

enum { SWEEPS = 16, POSITION = 4096 /* between the positions of two vertices of a level */ };

/* Return the position of a segment's end: of the vertex, and within it. */
static long long position(const struct layered *layered, const struct port *port)
{
    int within = port->low == port->high ? port->low : 0;
    return (long long)layered->vertices[port->vertex].order * POSITION + within;
}

/* ---- Crossings --------------------------------------------------------------------------------------------------- */

static int compare(long long a, long long b)
{
    return (a > b) - (a < b);
}

/* Return how often the segments of the two vertices cross on one side if `upper` is above `lower`. */
static size_t crossings_between(const struct layered *layered, const size_t *upper, size_t upper_count,
                                const size_t *lower, size_t lower_count, bool is_left)
{
    size_t crossings = 0;
    for (size_t i = 0; i < upper_count; i++) {
        const struct segment *a = &layered->segments[upper[i]];
        long long from = position(layered, is_left ? &a->left : &a->right);
        for (size_t j = 0; j < lower_count; j++) {
            const struct segment *b = &layered->segments[lower[j]];
            crossings += compare(from, position(layered, is_left ? &b->left : &b->right)) > 0;
        }
    }
    return crossings;
}

/* … on both sides. */
static size_t crossings_of_pair(const struct layered *layered, size_t upper, size_t lower)
{
    const struct vertex *a = &layered->vertices[upper], *b = &layered->vertices[lower];
    return crossings_between(layered, a->left, a->left_count, b->left, b->left_count, true) +
           crossings_between(layered, a->right, a->right_count, b->right, b->right_count, false);
}

/* Return the crossings of all segments on the left side of the level. */
static size_t crossings_of_level(const struct layered *layered, const struct level *level)
{
    size_t crossings = 0;
    for (size_t i = 0; i < level->count; i++)
        for (size_t j = i + 1; j < level->count; j++) {
            const struct vertex *a = &layered->vertices[level->vertices[i]];
            const struct vertex *b = &layered->vertices[level->vertices[j]];
            crossings += crossings_between(layered, a->left, a->left_count, b->left, b->left_count, true);
        }
    return crossings;
}

static size_t count_crossings(const struct layered *layered)
{
    size_t crossings = 0;
    for (size_t i = 1; i < layered->level_count; i++)
        crossings += crossings_of_level(layered, &layered->levels[i]);
    return crossings;
}

/* ---- Sweeps ------------------------------------------------------------------------------------------------------ */

struct sort_key {
    long long position;
    size_t order;
    size_t vertex;
};

static int compare_keys(const void *left, const void *right)
{
    const struct sort_key *a = left, *b = right;
    int order = compare(a->position, b->position);
    return order != 0 ? order : compare((long long)a->order, (long long)b->order);
}

/* Return the mean position of the neighbours on one side, or the vertex's own if it has none. */
static long long mean_position(const struct layered *layered, const struct vertex *vertex, bool is_left)
{
    const size_t *segments = is_left ? vertex->left : vertex->right;
    size_t count = is_left ? vertex->left_count : vertex->right_count;
    long long sum = 0;
    for (size_t i = 0; i < count; i++) {
        const struct segment *segment = &layered->segments[segments[i]];
        sum += position(layered, is_left ? &segment->left : &segment->right);
    }
    return count > 0 ? sum / (long long)count : (long long)vertex->order * POSITION;
}

static void set_orders(struct layered *layered, const struct level *level)
{
    for (size_t i = 0; i < level->count; i++)
        layered->vertices[level->vertices[i]].order = i;
}

static void sort_level(struct layered *layered, struct level *level, bool is_left, struct sort_key *keys)
{
    for (size_t i = 0; i < level->count; i++) {
        const struct vertex *vertex = &layered->vertices[level->vertices[i]];
        keys[i] = (struct sort_key){mean_position(layered, vertex, is_left), vertex->order, level->vertices[i]};
    }
    qsort(keys, level->count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < level->count; i++)
        level->vertices[i] = keys[i].vertex;
    set_orders(layered, level);
}

static void sweep(struct layered *layered, bool is_left, struct sort_key *keys)
{
    for (size_t i = 1; i < layered->level_count; i++)
        sort_level(layered, &layered->levels[is_left ? i : layered->level_count - 1 - i], is_left, keys);
}

/* ---- Swaps ------------------------------------------------------------------------------------------------------- */

static bool swap_level(struct layered *layered, struct level *level)
{
    bool improves = false;
    for (size_t i = 1; i < level->count; i++) {
        size_t upper = level->vertices[i - 1], lower = level->vertices[i];
        if (crossings_of_pair(layered, upper, lower) <= crossings_of_pair(layered, lower, upper))
            continue;
        level->vertices[i - 1] = lower;
        level->vertices[i] = upper;
        layered->vertices[lower].order = i - 1;
        layered->vertices[upper].order = i;
        improves = true;
    }
    return improves;
}

static void swap_all(struct layered *layered)
{
    bool improves = true;
    for (int pass = 0; pass < 8 && improves; pass++) {
        improves = false;
        for (size_t i = 0; i < layered->level_count; i++)
            improves = swap_level(layered, &layered->levels[i]) || improves;
    }
}

/* ---- The best order ---------------------------------------------------------------------------------------------- */

static void save_orders(const struct layered *layered, size_t *orders)
{
    for (size_t i = 0; i < layered->vertex_count; i++)
        orders[i] = layered->vertices[i].order;
}

static void restore_orders(struct layered *layered, const size_t *orders)
{
    for (size_t i = 0; i < layered->vertex_count; i++) {
        struct vertex *vertex = &layered->vertices[i];
        vertex->order = orders[i];
        layered->levels[vertex->level].vertices[vertex->order] = i;
    }
}

void layered_order(struct layered *layered)
{
    size_t *best = arena_take(layered->arena, layered->vertex_count * sizeof *best);
    struct sort_key *keys = arena_take(layered->arena, layered->vertex_count * sizeof *keys);
    size_t fewest = count_crossings(layered);
    save_orders(layered, best);
    for (int i = 0; i < SWEEPS && fewest > 0; i++) {
        sweep(layered, i % 2 == 0, keys);
        swap_all(layered);
        size_t crossings = count_crossings(layered);
        if (crossings >= fewest)
            continue;
        fewest = crossings;
        save_orders(layered, best);
    }
    restore_orders(layered, best);
}
