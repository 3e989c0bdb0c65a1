/* Break cycles, and choose the rank of each node.
 *
 * Ranks are filled from the left like the steps of a schedule: a node can be in a rank if all nodes that it refers to
 * are in ranks before it, and the rank has room. Those from which the longest paths start come first. Afterwards, nodes
 * move to the right if that shortens their edges. */
#include "layered.h"

#include <stdlib.h>

enum { RANK_GAP = 28, NODE_WIDTH = 330 /* with the room for edges next to it */ };

struct ranking {
    struct layered *layered;
    int *state;      /* of the search: 0 new, 1 on the path, 2 done */
    size_t *longest; /* the number of edges of the longest path that starts at a node */
    size_t *pending; /* the number of nodes to the left of a node that have no rank yet */
    int *heights;    /* of ranks */
    int height_max;
};

size_t layered_left(const struct layered *layered, size_t edge)
{
    const struct graph_edge *each = &layered->graph->edges[edge];
    return layered->is_reversed[edge] ? each->holder.node : each->referred.node;
}

size_t layered_right(const struct layered *layered, size_t edge)
{
    const struct graph_edge *each = &layered->graph->edges[edge];
    return layered->is_reversed[edge] ? each->referred.node : each->holder.node;
}

/* ---- Cycles ------------------------------------------------------------------------------------------------------ */

static size_t max_size(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Visit the nodes to the right. An edge back to a node on the path closes a cycle, and is reversed. */
static void visit(struct ranking *ranking, size_t node)
{
    struct layered *layered = ranking->layered;
    ranking->state[node] = 1;
    for (size_t i = 0; i < layered->edge_count; i++) {
        size_t edge = layered->edges[i];
        if (layered_left(layered, edge) != node)
            continue;
        size_t right = layered_right(layered, edge);
        if (ranking->state[right] == 1) {
            layered->is_reversed[edge] = !layered->is_reversed[edge];
            continue;
        }
        if (ranking->state[right] == 0)
            visit(ranking, right);
        ranking->longest[node] = max_size(ranking->longest[node], ranking->longest[right] + 1);
    }
    ranking->state[node] = 2;
}

static size_t count_left(const struct layered *layered, size_t node)
{
    size_t count = 0;
    for (size_t i = 0; i < layered->edge_count; i++)
        count += layered_right(layered, layered->edges[i]) == node;
    return count;
}

/* Start with nodes that refer to none. */
static void break_cycles(struct ranking *ranking)
{
    const struct layered *layered = ranking->layered;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < layered->node_count; i++) {
            size_t node = layered->nodes[i];
            if (ranking->state[node] == 0 && (pass == 1 || count_left(layered, node) == 0))
                visit(ranking, node);
        }
}

/* ---- Ranks ------------------------------------------------------------------------------------------------------- */

static int height_of(const struct layered *layered, size_t node)
{
    return layered->shapes[node].height + layout_loops_height(layered->arena, layered->graph, node) + RANK_GAP;
}

/* Return the height of ranks with which the drawing is about one and a half times as wide as it is high. */
static int good_height(const struct layered *layered)
{
    long long area = 0;
    int tallest = 0, height = 0;
    for (size_t i = 0; i < layered->node_count; i++) {
        int each = height_of(layered, layered->nodes[i]);
        area += (long long)each * NODE_WIDTH;
        tallest = each > tallest ? each : tallest;
    }
    while ((long long)height * height * 3 / 2 < area)
        height += 20;
    return height > tallest ? height : tallest;
}

/* Return the node to place next in the rank, or SIZE_MAX. `left` of it are in earlier ranks. */
static size_t choose(const struct ranking *ranking, size_t rank)
{
    const struct layered *layered = ranking->layered;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < layered->node_count; i++) {
        size_t node = layered->nodes[i];
        bool fits =
            ranking->heights[rank] == 0 || ranking->heights[rank] + height_of(layered, node) <= ranking->height_max;
        if (layered->rank[node] == SIZE_MAX && ranking->pending[node] == 0 && fits &&
            (best == SIZE_MAX || ranking->longest[node] > ranking->longest[best]))
            best = node;
    }
    return best;
}

static void count_pending(const struct ranking *ranking)
{
    const struct layered *layered = ranking->layered;
    for (size_t i = 0; i < layered->node_count; i++)
        ranking->pending[layered->nodes[i]] = 0;
    for (size_t i = 0; i < layered->edge_count; i++)
        if (layered->rank[layered_left(layered, layered->edges[i])] == SIZE_MAX)
            ranking->pending[layered_right(layered, layered->edges[i])]++;
}

static void fill_ranks(struct ranking *ranking)
{
    const struct layered *layered = ranking->layered;
    size_t placed = 0;
    for (size_t rank = 0; placed < layered->node_count; rank++) {
        size_t node;
        count_pending(ranking);
        while ((node = choose(ranking, rank)) != SIZE_MAX) {
            layered->rank[node] = rank;
            ranking->heights[rank] += height_of(layered, node);
            placed++;
        }
    }
}

/* Return the last rank that the node can have. */
static size_t last_rank(const struct layered *layered, size_t node, long *gain)
{
    size_t last = SIZE_MAX;
    *gain = 0;
    for (size_t i = 0; i < layered->edge_count; i++) {
        size_t edge = layered->edges[i];
        if (layered_left(layered, edge) == node) {
            size_t rank = layered->rank[layered_right(layered, edge)];
            last = rank - 1 < last ? rank - 1 : last;
            (*gain)++;
        } else if (layered_right(layered, edge) == node)
            (*gain)--;
    }
    return last;
}

/* Move nodes to the right that have more edges there than on the left. */
static void shorten_edges(struct ranking *ranking)
{
    const struct layered *layered = ranking->layered;
    for (size_t i = layered->node_count; i-- > 0;) {
        long gain;
        size_t node = layered->nodes[i], last = last_rank(layered, node, &gain);
        int height = height_of(layered, node);
        if (gain <= 0 || last == SIZE_MAX)
            continue;
        for (size_t rank = last; rank > layered->rank[node]; rank--)
            if (ranking->heights[rank] + height <= ranking->height_max) {
                ranking->heights[layered->rank[node]] -= height;
                ranking->heights[rank] += height;
                layered->rank[node] = rank;
                break;
            }
    }
}

void layered_rank(struct layered *layered)
{
    size_t count = layered->graph->node_count;
    struct ranking ranking = {
        .layered = layered,
        .state = arena_take(layered->arena, count * sizeof *ranking.state),
        .longest = arena_take(layered->arena, count * sizeof *ranking.longest),
        .pending = arena_take(layered->arena, count * sizeof *ranking.pending),
        .heights = arena_take(layered->arena, (count + 1) * sizeof *ranking.heights),
        .height_max = good_height(layered),
    };
    for (size_t i = 0; i < layered->node_count; i++)
        layered->rank[layered->nodes[i]] = SIZE_MAX;
    break_cycles(&ranking);
    fill_ranks(&ranking);
    for (int pass = 0; pass < 4; pass++)
        shorten_edges(&ranking);
}
