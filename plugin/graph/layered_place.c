/* Choose the y of each vertex: sweeps that move the vertices of a level towards their neighbours, as far as the
 * distances allow. The first sweeps take the mean of the neighbours, which balances the drawing, the last ones the
 * median, with which most segments become straight. Then choose where edges meet the nodes. */
#include "layered.h"
#include "spread.h"

#include <stdlib.h>

enum {
    MEAN_SWEEPS = 24,
    MEDIAN_SWEEPS = 12,
    NODE_GAP = 28,
    POINT_GAP = 14,
    LABEL_GAP = 3,
    PORT_GAP = 11,
    FIXED = 1000 /* the weight of a port that must not move */
};

int layered_distance(const struct vertex *upper, const struct vertex *lower)
{
    bool has_node = upper->node != SIZE_MAX || lower->node != SIZE_MAX;
    bool has_point = upper->node == SIZE_MAX || lower->node == SIZE_MAX;
    bool has_label = upper->has_label && lower->has_label;
    int gap = has_node && !has_point ? NODE_GAP : has_label ? LABEL_GAP : POINT_GAP;
    return upper->below + gap + lower->above;
}

/* ---- Vertices ---------------------------------------------------------------------------------------------------- */

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* Return the y of the vertex nearest to its own with which the segment is straight. If it could be straight with others
 * too, it hardly counts. */
static struct wish wish_of(const struct layered *layered, const struct port *own, const struct port *other)
{
    const struct vertex *vertex = &layered->vertices[own->vertex], *neighbour = &layered->vertices[other->vertex];
    bool is_inner = vertex->node == SIZE_MAX && neighbour->node == SIZE_MAX;
    int low = neighbour->y + other->low - own->high, high = neighbour->y + other->high - own->low;
    bool is_free = low < high && vertex->y >= low && vertex->y <= high;
    return (struct wish){clamp(vertex->y, low, high), is_inner ? 32 : is_free ? 1 : 8};
}

static void place_level(struct layered *layered, const struct level *level, enum spread_mode mode)
{
    struct arena scratch = {0};
    struct spread_item *items = arena_take(&scratch, level->count * sizeof *items);
    struct wish *wishes = NULL;
    size_t wish_count = 0;
    for (size_t i = 0; i < level->count; i++) {
        const struct vertex *vertex = &layered->vertices[level->vertices[i]];
        items[i].wish_count = vertex->left_count + vertex->right_count;
        if (i > 0)
            items[i].distance = layered_distance(&layered->vertices[level->vertices[i - 1]], vertex);
        for (size_t j = 0; j < vertex->left_count; j++) {
            const struct segment *segment = &layered->segments[vertex->left[j]];
            list_add(&scratch, wishes, wish_count) = wish_of(layered, &segment->right, &segment->left);
        }
        for (size_t j = 0; j < vertex->right_count; j++) {
            const struct segment *segment = &layered->segments[vertex->right[j]];
            list_add(&scratch, wishes, wish_count) = wish_of(layered, &segment->left, &segment->right);
        }
    }
    spread(&scratch, items, level->count, wishes, mode);
    for (size_t i = 0; i < level->count; i++)
        layered->vertices[level->vertices[i]].y = items[i].position;
    arena_free(&scratch);
}

static void place_all(struct layered *layered, int sweeps, enum spread_mode mode)
{
    for (int i = 0; i < sweeps; i++)
        for (size_t j = 0; j < layered->level_count; j++)
            place_level(layered, &layered->levels[i % 2 == 0 ? j : layered->level_count - 1 - j], mode);
}

/* Begin with each level as dense as possible, around the same y. */
static void place_dense(struct layered *layered)
{
    for (size_t i = 0; i < layered->level_count; i++) {
        const struct level *level = &layered->levels[i];
        int y = 0;
        for (size_t j = 0; j < level->count; j++) {
            struct vertex *vertex = &layered->vertices[level->vertices[j]];
            if (j > 0)
                y += layered_distance(&layered->vertices[level->vertices[j - 1]], vertex);
            vertex->y = y;
        }
        for (size_t j = 0; j < level->count; j++)
            layered->vertices[level->vertices[j]].y -= y / 2;
    }
}

/* ---- Ports ------------------------------------------------------------------------------------------------------- */

struct side_port {
    struct port *port;
    int own;    /* the y that the port has, or would like to have */
    int wanted; /* the y of the segment's other end */
    size_t number;
};

static int compare_ports(const void *left, const void *right)
{
    const struct side_port *a = left, *b = right;
    if (a->own != b->own)
        return a->own < b->own ? -1 : 1;
    if (a->wanted != b->wanted)
        return a->wanted < b->wanted ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

/* Spread the ports, which are sorted, over the side of a node. */
static void spread_ports(const struct layered *layered, const struct vertex *vertex, struct side_port *ports,
                         size_t count)
{
    struct arena scratch = {0};
    struct spread_item *items = arena_take(&scratch, count * sizeof *items);
    struct wish *wishes = arena_take(&scratch, count * sizeof *wishes);
    int height = layered->shapes[vertex->node].height, room = height - PORT_GAP;
    int gap = count > 1 && room / (int)(count - 1) < PORT_GAP ? room / (int)(count - 1) : PORT_GAP;
    int last = gap * (int)(count - 1);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct spread_item){.distance = gap, .wish_count = 1};
        wishes[i] = (struct wish){ports[i].own, ports[i].port->low == ports[i].port->high ? FIXED : 1};
    }
    spread(&scratch, items, count, wishes, SPREAD_MEDIAN);
    int low = vertex->y + PORT_GAP / 2, high = vertex->y + height - PORT_GAP / 2 - last;
    for (size_t i = 0; i < count; i++)
        ports[i].port->y = clamp(items[i].position - gap * (int)i, low, high) + gap * (int)i;
    arena_free(&scratch);
}

static void choose_ports(struct layered *layered, const struct vertex *vertex, bool is_left)
{
    const size_t *segments = is_left ? vertex->left : vertex->right;
    size_t count = is_left ? vertex->left_count : vertex->right_count;
    struct side_port *ports = arena_take(layered->arena, count * sizeof *ports);
    for (size_t i = 0; i < count; i++) {
        struct segment *segment = &layered->segments[segments[i]];
        struct port *port = is_left ? &segment->right : &segment->left;
        int wanted = layered->vertices[is_left ? segment->left.vertex : segment->right.vertex].y;
        int own = clamp(wanted, vertex->y + port->low, vertex->y + port->high);
        port->y = own;
        ports[i] = (struct side_port){.port = port, .own = own, .wanted = wanted, .number = i};
    }
    qsort(ports, count, sizeof *ports, compare_ports);
    if (vertex->node != SIZE_MAX && count > 0)
        spread_ports(layered, vertex, ports, count);
}

void layered_place(struct layered *layered)
{
    place_dense(layered);
    place_all(layered, MEAN_SWEEPS, SPREAD_MEAN);
    place_all(layered, MEDIAN_SWEEPS, SPREAD_MEDIAN);
    for (size_t i = 0; i < layered->vertex_count; i++) {
        choose_ports(layered, &layered->vertices[i], true);
        choose_ports(layered, &layered->vertices[i], false);
    }
}
